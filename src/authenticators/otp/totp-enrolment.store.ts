import type { SubjectId } from '../../kernel/ids.ts';
import type { Cache } from '../../storage/redis.ts';

/** How long a person may take between the picture and the first code. */
const LIFE_SECONDS = 10 * 60;

const keyOf = (transaction: string, subject: SubjectId) => `totp-enrolment:${transaction}:${subject}`;

/** Keeps a secret (sealed) that waits for its first code, in place of an earlier one of this transaction. */
export async function savePending(
  cache: Cache,
  transaction: string,
  subject: SubjectId,
  sealed: Buffer,
): Promise<void> {
  await cache.set(keyOf(transaction, subject), sealed.toString('base64'), 'EX', LIFE_SECONDS);
}

export async function findPending(cache: Cache, transaction: string, subject: SubjectId): Promise<Buffer | undefined> {
  const kept = await cache.get(keyOf(transaction, subject));
  return kept === null ? undefined : Buffer.from(kept, 'base64');
}

/** True for the one caller that takes it. */
export async function takePending(cache: Cache, transaction: string, subject: SubjectId): Promise<boolean> {
  return (await cache.del(keyOf(transaction, subject))) === 1;
}
