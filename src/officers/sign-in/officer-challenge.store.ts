import { createHash } from 'node:crypto';
import { CEREMONY_SECONDS } from '../../authenticators/webauthn/passkey-options.ts';
import type { Cache } from '../../storage/redis.ts';
import type { OfficerId } from '../officer.ts';

/** What a challenge was given out for; it proves nothing anywhere else, and nothing at the citizens' door. */
export interface OfficerCeremony {
  readonly purpose: 'assert' | 'enrol';
  /** The browser it was given to. */
  readonly browser: string;
  /** Who must answer it, when that is known already. */
  readonly officerId?: OfficerId;
}

const keyOf = (challenge: string) =>
  `eid:officer-challenge:${createHash('sha256').update(challenge).digest('base64url')}`;

export async function saveChallenge(cache: Cache, challenge: string, ceremony: OfficerCeremony): Promise<void> {
  await cache.set(keyOf(challenge), JSON.stringify(ceremony), 'EX', CEREMONY_SECONDS);
}

/** The ceremony of a challenge, for the first caller alone; undefined when it lapsed, was used, or was never ours. */
export async function takeChallenge(cache: Cache, challenge: string): Promise<OfficerCeremony | undefined> {
  const kept = await cache.getdel(keyOf(challenge));
  return kept === null ? undefined : (JSON.parse(kept) as OfficerCeremony);
}
