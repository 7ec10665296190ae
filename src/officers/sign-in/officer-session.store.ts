import { createHash } from 'node:crypto';
import type { Brand } from '../../kernel/brand.ts';
import { randomToken } from '../../kernel/random.ts';
import type { Cache } from '../../storage/redis.ts';
import type { OfficerId } from '../officer.ts';
import { IDLE_SECONDS, type SessionTimes } from './officer-session.policy.ts';

/** Names a session in the store: a hash of the browser's token, so that a reader of the store cannot take it over. */
export type OfficerSessionKey = Brand<string, 'OfficerSessionKey'>;

export interface OfficerSession extends SessionTimes {
  readonly officerId: OfficerId;
  /** Epoch seconds of the last use of the passkey. */
  readonly authTimeSeconds: number;
}

export const newSessionToken = (): string => randomToken(32);

/** The key of a token from a cookie; undefined for what no token of ours looks like. */
export const sessionKeyOf = (token: string | undefined): OfficerSessionKey | undefined =>
  token !== undefined && /^[\w-]{43}$/.test(token)
    ? (createHash('sha256').update(token).digest('base64url') as OfficerSessionKey)
    : undefined;

const nameOf = (key: OfficerSessionKey) => `eid:officer-session:${key}`;

export async function insertSession(cache: Cache, key: OfficerSessionKey, session: OfficerSession): Promise<void> {
  const { officerId, startedSeconds, seenSeconds, authTimeSeconds } = session;
  const fields = { officer: officerId, started: startedSeconds, seen: seenSeconds, auth: authTimeSeconds };
  await cache.multi().hset(nameOf(key), fields).expire(nameOf(key), IDLE_SECONDS).exec();
}

/** A session that ended while a page was being made leaves nothing but its last `seen` behind, which is none. */
export async function selectSession(cache: Cache, key: OfficerSessionKey): Promise<OfficerSession | undefined> {
  const { officer, started, seen, auth } = await cache.hgetall(nameOf(key));
  if (!officer || !started || !seen || !auth) return undefined;
  return {
    officerId: officer as OfficerId,
    startedSeconds: Number(started),
    seenSeconds: Number(seen),
    authTimeSeconds: Number(auth),
  };
}

/** Somebody is still there. Only this field is written, so that a passkey shown meanwhile is not forgotten. */
export async function touchSession(cache: Cache, key: OfficerSessionKey, seenSeconds: number): Promise<void> {
  await Promise.all([cache.hset(nameOf(key), 'seen', seenSeconds), cache.expire(nameOf(key), IDLE_SECONDS)]);
}

export async function deleteSession(cache: Cache, key: OfficerSessionKey): Promise<void> {
  await cache.del(nameOf(key));
}
