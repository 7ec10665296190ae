import type { IdentifierKey } from '../../kernel/ids.ts';
import type { Cache } from '../../storage/redis.ts';
import { SMS_CODE } from './sms-code.policy.ts';

const keyOf = (transaction: string) => `sms-code:${transaction}`;

/** Keeps the code of a transaction by its hash; it replaces an earlier one, with new tries. */
export async function saveCode(cache: Cache, transaction: string, who: IdentifierKey, hash: string): Promise<void> {
  const key = keyOf(transaction);
  const results = await cache
    .multi()
    .del(key)
    .hset(key, { who, hash, tries: 0 })
    .pexpire(key, SMS_CODE.lifeSeconds * 1000)
    .exec();
  const failure = results?.find(([error]) => error)?.[0];
  if (failure) throw failure;
}

/** ARGV: who, tries at most, and the code's hash under every key still accepted. A right code is gone when this returns. */
const SPEND = `
local kept = redis.call('HMGET', KEYS[1], 'who', 'hash')
if not kept[1] or kept[1] ~= ARGV[1] then return 'expired' end
local tries = redis.call('HINCRBY', KEYS[1], 'tries', 1)
for i = 3, #ARGV do
  if kept[2] == ARGV[i] then
    redis.call('DEL', KEYS[1])
    return 'accepted'
  end
end
if tries >= tonumber(ARGV[2]) then redis.call('DEL', KEYS[1]) end
return 'wrong'`;

/** Spends a try on the transaction's code. `expired`: there is none, none is left, or it was sent for somebody else. */
export async function spendCode(
  cache: Cache,
  transaction: string,
  who: IdentifierKey,
  hashes: readonly string[],
): Promise<'accepted' | 'wrong' | 'expired'> {
  const answer = await cache.eval(SPEND, 1, keyOf(transaction), who, SMS_CODE.tries, ...hashes);
  return answer as 'accepted' | 'wrong' | 'expired';
}
