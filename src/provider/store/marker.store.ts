import { createHash } from 'node:crypto';
import type { Cache } from '../../storage/redis.ts';

/** As long as the longest-lived token of a grant: a refresh token. */
const GRANT_END_SECONDS = 31 * 24 * 60 * 60;

/** Small marks that say that something happened once: a proof was seen, a grant has ended. */
export interface MarkerStore {
  /** Whether this is the first sight of `id` by `issuer` (a DPoP proof, a client assertion). Of many at once one gets true. */
  firstSight(issuer: string, id: string, ttlSeconds: number): Promise<boolean>;
  /** Ends every code and token of the grant family, those being made this moment too. */
  endGrant(family: string): Promise<void>;
  hasEnded(family: string): Promise<boolean>;
}

export const markerStore = (cache: Cache): MarkerStore => ({
  async firstSight(issuer, id, ttlSeconds) {
    const hash = createHash('sha256').update(`${issuer}\0${id}`).digest('base64url');
    return (await cache.set(`eid:Replay:${hash}`, '1', 'EX', Math.max(1, ttlSeconds), 'NX')) === 'OK';
  },
  async endGrant(family) {
    await cache.set(`eid:GrantEnd:${family}`, '1', 'EX', GRANT_END_SECONDS);
  },
  async hasEnded(family) {
    return (await cache.exists(`eid:GrantEnd:${family}`)) === 1;
  },
});
