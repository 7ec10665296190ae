import { createHash } from 'node:crypto';
import type { Personal } from '../accounts/account.ts';
import type { Brand } from '../kernel/brand.ts';
import { randomToken } from '../kernel/random.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import { openField, sealField } from '../storage/sealed-field.ts';
import type { Cache } from '../storage/redis.ts';
import type { DoneRegistration, OpenRegistration, Registration, Typed } from './registration.ts';

/** From the form to the password (NIST SP 800-63B-4, 3.1.3 asks for short-lived transactions). */
export const REGISTRATION_SECONDS = 15 * 60;

/** Names one registration in the store: a hash of the browser's token, so that a reader of the store cannot take it over. */
export type RegistrationKey = Brand<string, 'RegistrationKey'>;

export interface RegistrationDeps {
  readonly cache: Cache;
  readonly keyring: Pick<Keyring, 'sealing'>;
}

/** A fresh token for a browser's cookie, unguessable. */
export const newRegistrationToken = (): string => randomToken(32);

/** The key of a token from a cookie; undefined for what no token of ours looks like. */
export const registrationKeyOf = (token: string | undefined): RegistrationKey | undefined =>
  token !== undefined && /^[\w-]{43}$/.test(token)
    ? (createHash('sha256').update(token).digest('base64url') as RegistrationKey)
    : undefined;

const nameOf = (key: RegistrationKey) => `eid:registration:${key}`;

type Written =
  (Omit<OpenRegistration, 'typed' | 'newcomer'> & { typed: Typed; newcomer?: Personal }) | DoneRegistration;

/** Begins: kept for 15 minutes from now, sealed as a whole. */
export async function insertRegistration(
  deps: RegistrationDeps,
  key: RegistrationKey,
  registration: OpenRegistration,
): Promise<void> {
  await deps.cache.set(nameOf(key), sealed(deps, key, registration), 'EX', REGISTRATION_SECONDS);
}

/** Goes on, within the same 15 minutes; what has ended meanwhile does not come back. */
export async function updateRegistration(
  deps: RegistrationDeps,
  key: RegistrationKey,
  registration: Registration,
): Promise<void> {
  await deps.cache.set(nameOf(key), sealed(deps, key, registration), 'KEEPTTL', 'XX');
}

export async function selectRegistration(
  deps: RegistrationDeps,
  key: RegistrationKey,
): Promise<Registration | undefined> {
  const kept = await deps.cache.get(nameOf(key));
  if (kept === null) return undefined;
  const written = JSON.parse(openField(deps.keyring, Buffer.from(kept, 'base64'), nameOf(key))) as Written;
  if (written.kind === 'opened') return written;
  const { typed, newcomer, ...rest } = written;
  return { ...rest, typed: new Sealed(typed), ...(newcomer && { newcomer: new Sealed(newcomer) }) };
}

export async function deleteRegistration(deps: RegistrationDeps, key: RegistrationKey): Promise<void> {
  await deps.cache.del(nameOf(key));
}

function sealed(deps: RegistrationDeps, key: RegistrationKey, registration: Registration): string {
  return sealField(deps.keyring, JSON.stringify(toWritten(registration)), nameOf(key)).toString('base64');
}

function toWritten(registration: Registration): Written {
  if (registration.kind === 'opened') return registration;
  const { typed, newcomer, ...rest } = registration;
  return { ...rest, typed: typed.reveal(), ...(newcomer && { newcomer: newcomer.reveal() }) };
}
