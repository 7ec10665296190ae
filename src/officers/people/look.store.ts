import type { SubjectId } from '../../kernel/ids.ts';
import type { Cache } from '../../storage/redis.ts';
import type { OfficerId } from '../officer.ts';
import type { Look } from './look.ts';

/** As long as one reason opens one record for one officer. */
const LOOK_SECONDS = 15 * 60;
const keyOf = (officerId: OfficerId, subject: SubjectId) => `officer-look:${officerId}:${subject}`;

export async function saveLook(cache: Cache, officerId: OfficerId, subject: SubjectId, look: Look): Promise<void> {
  await cache.set(keyOf(officerId, subject), JSON.stringify(look), 'EX', LOOK_SECONDS);
}

export async function selectLook(cache: Cache, officerId: OfficerId, subject: SubjectId): Promise<Look | undefined> {
  const kept = await cache.get(keyOf(officerId, subject));
  return kept === null ? undefined : (JSON.parse(kept) as Look);
}
