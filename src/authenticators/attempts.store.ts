import type { IdentifierKey } from '../kernel/ids.ts';
import type { Cache } from '../storage/redis.ts';
import { LOCKOUT, type Reservation } from './lockout.policy.ts';

/** What is counted. A passkey is not: it cannot be guessed, and must work while the rest is locked. */
export type Counted = 'password' | 'sms_code' | 'totp';

/**
 * Applies lockout.policy.ts in one atomic step on one key. Times are milliseconds since 1970.
 * ARGV: now, bound at (0 if never), tries in a row, exhausted at, remembered for, and the waits.
 */
const RESERVE = `
local kept = redis.call('HMGET', KEYS[1], 'failed', 'last', 'until')
local failed = tonumber(kept[1] or '0')
local last = tonumber(kept[2] or '0')
local lockedUntil = tonumber(kept[3] or '0')
local now = tonumber(ARGV[1])
local every = tonumber(ARGV[3])
local exhausted = tonumber(ARGV[4])
if last > 0 and tonumber(ARGV[2]) > last then
  failed = 0
  lockedUntil = 0
end
if failed >= exhausted then return {2, 0} end
if lockedUntil > now then return {1, lockedUntil} end
failed = failed + 1
lockedUntil = 0
if failed % every == 0 then
  local nth = math.min(failed / every, #ARGV - 5)
  lockedUntil = now + tonumber(ARGV[5 + nth])
end
redis.call('HSET', KEYS[1], 'failed', string.format('%.0f', failed), 'last', ARGV[1], 'until', string.format('%.0f', lockedUntil))
if failed >= exhausted then
  redis.call('PERSIST', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
end
return {0, failed}`;

const keyOf = (counted: Counted, who: IdentifierKey) => `attempts:${counted}:${who}`;

/** Counts a try as wrong before it is verified, or says why it may not be made. One round trip. */
export async function reserve(
  cache: Cache,
  counted: Counted,
  who: IdentifierKey,
  boundAt: Date | undefined,
  now: Date,
): Promise<Reservation> {
  const [verdict, number] = (await cache.eval(
    RESERVE,
    1,
    keyOf(counted, who),
    now.getTime(),
    boundAt?.getTime() ?? 0,
    LOCKOUT.inARow,
    LOCKOUT.exhaustedAt,
    LOCKOUT.rememberSeconds * 1000,
    ...LOCKOUT.waitsSeconds.map((seconds) => seconds * 1000),
  )) as [number, number];
  if (verdict === 2) return { kind: 'exhausted' };
  if (verdict === 1) return { kind: 'locked', until: new Date(number) };
  return { kind: 'permitted', inARow: number };
}

/**
 * Forgets the row of wrong tries: a right one was made. Nobody waits for it, so that it travels with what the caller asks
 * next; should it be lost, the next try counts one more than it is.
 */
export function clear(cache: Cache, counted: Counted, who: IdentifierKey): void {
  cache.del(keyOf(counted, who)).catch(() => undefined);
}
