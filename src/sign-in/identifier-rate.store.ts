import type { IdentifierKey } from '../kernel/ids.ts';
import { keyedHash } from '../storage/keyed-hash.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Cache } from '../storage/redis.ts';
import { IDENTIFIER_RATE } from './identifier-rate.policy.ts';

/** One key, one step: add the number to the address's set; when the set is full, its window doubles with each further number. */
const COUNT = `
local size = redis.call('SCARD', KEYS[1])
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then
  return {size > tonumber(ARGV[2]) and 1 or 0, redis.call('TTL', KEYS[1])}
end
redis.call('SADD', KEYS[1], ARGV[1])
if size == 0 then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
if size < tonumber(ARGV[2]) then return {0, 0} end
local ttl = math.min(redis.call('TTL', KEYS[1]) * 2, tonumber(ARGV[4]))
redis.call('EXPIRE', KEYS[1], ttl)
return {1, ttl}`;

export type IdentifierRate =
  { readonly kind: 'counted' } | { readonly kind: 'too_many'; readonly retryAfterSeconds: number };

/** Counts a number against the address it came from (an IPv4 address or an IPv6 /64); both are kept as hashes. One round trip. */
export async function countIdentifier(
  cache: Cache,
  keyring: Pick<Keyring, 'hashing'>,
  subscriber: string,
  identifier: IdentifierKey,
): Promise<IdentifierRate> {
  const address = keyedHash(keyring, 'address', subscriber).hash.toString('base64url');
  const { distinct, windowSeconds, longestSeconds } = IDENTIFIER_RATE;
  const [refused, seconds] = (await cache.eval(
    COUNT,
    1,
    `eid:identifiers:${address}`,
    identifier,
    distinct,
    windowSeconds,
    longestSeconds,
  )) as [number, number];
  return refused === 1 ? { kind: 'too_many', retryAfterSeconds: seconds } : { kind: 'counted' };
}
