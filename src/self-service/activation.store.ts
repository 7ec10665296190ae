import { createHash } from 'node:crypto';
import type { Brand } from '../kernel/brand.ts';
import { randomToken } from '../kernel/random.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import { openField, sealField } from '../storage/sealed-field.ts';
import type { Cache } from '../storage/redis.ts';
import type { Activation, DoneActivation, Invitee, OpenActivation } from './activation.ts';

/** From the number to the factor. */
export const ACTIVATION_SECONDS = 20 * 60;

/** Names one activation in the store: a hash of the browser's token, so that a reader of the store cannot take it over. */
export type ActivationKey = Brand<string, 'ActivationKey'>;

export interface ActivationStoreDeps {
  readonly cache: Cache;
  readonly keyring: Pick<Keyring, 'sealing'>;
}

/** A fresh token for a browser's cookie, unguessable. */
export const newActivationToken = (): string => randomToken(32);

/** The key of a token from a cookie; undefined for what no token of ours looks like. */
export const activationKeyOf = (token: string | undefined): ActivationKey | undefined =>
  token !== undefined && /^[\w-]{43}$/.test(token)
    ? (createHash('sha256').update(token).digest('base64url') as ActivationKey)
    : undefined;

const nameOf = (key: ActivationKey) => `eid:activation:${key}`;

type Written =
  (Omit<OpenActivation, 'nationalId' | 'invitee'> & { nationalId: string; invitee?: Invitee }) | DoneActivation;

/** Begins: kept for 20 minutes from now, sealed as a whole. */
export async function insertActivation(
  deps: ActivationStoreDeps,
  key: ActivationKey,
  activation: OpenActivation,
): Promise<void> {
  await deps.cache.set(nameOf(key), sealed(deps, key, activation), 'EX', ACTIVATION_SECONDS);
}

/** Goes on, within the same 20 minutes; what has ended meanwhile does not come back. */
export async function updateActivation(
  deps: ActivationStoreDeps,
  key: ActivationKey,
  activation: Activation,
): Promise<void> {
  await deps.cache.set(nameOf(key), sealed(deps, key, activation), 'KEEPTTL', 'XX');
}

export async function selectActivation(deps: ActivationStoreDeps, key: ActivationKey): Promise<Activation | undefined> {
  const kept = await deps.cache.get(nameOf(key));
  if (kept === null) return undefined;
  const written = JSON.parse(openField(deps.keyring, Buffer.from(kept, 'base64'), nameOf(key))) as Written;
  if (written.kind === 'activated') return written;
  const { nationalId, invitee, ...rest } = written;
  return { ...rest, nationalId: new Sealed(nationalId), ...(invitee && { invitee: new Sealed(invitee) }) };
}

export async function deleteActivation(deps: ActivationStoreDeps, key: ActivationKey): Promise<void> {
  await deps.cache.del(nameOf(key));
}

function sealed(deps: ActivationStoreDeps, key: ActivationKey, activation: Activation): string {
  return sealField(deps.keyring, JSON.stringify(toWritten(activation)), nameOf(key)).toString('base64');
}

function toWritten(activation: Activation): Written {
  if (activation.kind === 'activated') return activation;
  const { nationalId, invitee, ...rest } = activation;
  return { ...rest, nationalId: nationalId.reveal(), ...(invitee && { invitee: invitee.reveal() }) };
}
