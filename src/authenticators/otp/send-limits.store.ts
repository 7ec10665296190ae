import type { Cache } from '../../storage/redis.ts';
import { SEND_LIMITS, type SendDecision } from './send-limits.policy.ts';

/**
 * Applies send-limits.policy.ts in one atomic step on one key: a list of the moments of sending, oldest first.
 * ARGV: now, burst, burst's length, daily, day's length; times in milliseconds.
 */
const RESERVE = `
local sent = redis.call('LRANGE', KEYS[1], 0, -1)
local now = tonumber(ARGV[1])
local burst = tonumber(ARGV[2])
local burstLength = tonumber(ARGV[3])
local daily = tonumber(ARGV[4])
local day = tonumber(ARGV[5])
local today = {}
for i = 1, #sent do
  if tonumber(sent[i]) + day > now then
    today[#today + 1] = tonumber(sent[i])
  else
    redis.call('LPOP', KEYS[1])
  end
end
if #today >= daily then return {2, today[#today - daily + 1] + day} end
if #today >= burst and today[#today - burst + 1] + burstLength > now then
  return {1, today[#today - burst + 1] + burstLength - now}
end
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
today[#today + 1] = now
if #today >= burst then return {0, math.max(0, today[#today - burst + 1] + burstLength - now)} end
return {0, 0}`;

const seconds = (ms: number) => Math.ceil(ms / 1000);

/** Counts one send for `counted` (a keyed hash), or says why it may not be made. One round trip. */
export async function reserveSend(cache: Cache, counted: string, now: Date): Promise<SendDecision> {
  const { burst, burstSeconds, daily, daySeconds } = SEND_LIMITS;
  const [verdict, number] = (await cache.eval(
    RESERVE,
    1,
    `code-sends:${counted}`,
    now.getTime(),
    burst,
    burstSeconds * 1000,
    daily,
    daySeconds * 1000,
  )) as [number, number];
  if (verdict === 2) return { kind: 'too_many', until: new Date(number) };
  if (verdict === 1) return { kind: 'too_soon', retryAfterSeconds: seconds(number) };
  return { kind: 'permitted', resendAfterSeconds: seconds(number) };
}
