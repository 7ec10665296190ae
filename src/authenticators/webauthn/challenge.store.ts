import { createHash } from 'node:crypto';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Cache } from '../../storage/redis.ts';
import { CEREMONY_SECONDS } from './passkey-options.ts';

/** What a challenge was given out for; it proves nothing anywhere else. */
export interface Ceremony {
  readonly purpose: 'assert' | 'enrol';
  readonly transaction: string;
  /** Who must answer it. Always there for `enrol`; for `assert` when the person is known already. */
  readonly subject?: SubjectId;
}

const keyOf = (challenge: string) => `passkey-challenge:${createHash('sha256').update(challenge).digest('base64url')}`;

export async function saveChallenge(cache: Cache, challenge: string, ceremony: Ceremony): Promise<void> {
  await cache.set(keyOf(challenge), JSON.stringify(ceremony), 'EX', CEREMONY_SECONDS);
}

/** The ceremony of a challenge, for the first caller alone; undefined when it lapsed, was used, or was never ours. */
export async function takeChallenge(cache: Cache, challenge: string): Promise<Ceremony | undefined> {
  const kept = await cache.getdel(keyOf(challenge));
  return kept === null ? undefined : (JSON.parse(kept) as Ceremony);
}
