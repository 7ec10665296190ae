import type { Keyring } from '../../storage/keyring.ts';
import type { Cache } from '../../storage/redis.ts';
import { openField, sealField } from '../../storage/sealed-field.ts';

/** What the session holds about one portal. */
export interface PortalVisit {
  readonly sid?: string;
  readonly grantId?: string;
  readonly persistsLogout?: boolean;
}

/** A session as the library writes it: one row by `uid`, which survives the change of its id. */
export interface SessionDocument {
  readonly uid: string;
  readonly jti: string;
  readonly exp: number;
  readonly accountId?: string;
  readonly signedInAt?: number;
  readonly authorizations?: Readonly<Record<string, PortalVisit>>;
}

export interface SessionStore {
  /**
   * Writes the session. Visits are merged, never overwritten: two sign-ons of one browser at the same time both stay. A
   * writer with an older sign-in leaves the newer one alone. False when the session was ended meanwhile: nothing is written.
   */
  save(session: SessionDocument, left: readonly string[], ttlSeconds: number): Promise<boolean>;
  find(uid: string): Promise<SessionDocument | undefined>;
  /** Ends it, for a writer that read it before too. */
  end(uid: string): Promise<void>;
  /** The sessions of an account that may be alive, by uid. */
  listByAccount(accountId: string, nowSeconds: number): Promise<string[]>;
  forgetAccount(accountId: string): Promise<void>;
}

const rowKey = (uid: string) => `eid:Session:${uid}`;
const accountKey = (accountId: string) => `eid:AccountSessions:${accountId}`;
const VISIT = 'visit:';
const ENDED_SECONDS = 3_600;
const ABSOLUTE_SECONDS = 12 * 60 * 60;

// ARGV: ttl, signed-in-at, base, number of visits, then visit fields and values, then fields to remove
const SAVE = `if redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
local at = tonumber(redis.call('HGET', KEYS[1], 'at') or '-1')
if tonumber(ARGV[2]) >= at then redis.call('HSET', KEYS[1], 'at', ARGV[2], 'base', ARGV[3]) end
local visits = tonumber(ARGV[4])
for i = 5, 3 + 2 * visits, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
for i = 5 + 2 * visits, #ARGV do redis.call('HDEL', KEYS[1], ARGV[i]) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1`;

const END = `redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'ended', '1')
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1`;

export function sessionStore({ cache, keyring }: { cache: Cache; keyring: Pick<Keyring, 'sealing'> }): SessionStore {
  return {
    async save({ authorizations = {}, ...base }, left, ttlSeconds) {
      const key = rowKey(base.uid);
      const visits = Object.entries(authorizations).flatMap(([portal, visit]) => [
        VISIT + portal,
        JSON.stringify(visit),
      ]);
      const sealed = sealField(keyring, JSON.stringify(base), key).toString('base64');
      const rest = [visits.length / 2, ...visits, ...left.map((portal) => VISIT + portal)];
      const saved = cache.eval(SAVE, 1, key, ttlSeconds, base.signedInAt ?? 0, sealed, ...rest);
      const listed = base.accountId === undefined ? [] : remember(cache, base.accountId, base.uid, base.exp);
      return (await Promise.all([saved, ...listed]))[0] === 1;
    },
    async find(uid) {
      const { base, ended, ...fields } = await cache.hgetall(rowKey(uid));
      if (base === undefined || ended !== undefined) return undefined;
      const visits = Object.entries(fields).filter(([name]) => name.startsWith(VISIT));
      const authorizations = Object.fromEntries(
        visits.map(([name, value]) => [name.slice(VISIT.length), JSON.parse(value) as PortalVisit]),
      );
      const document = JSON.parse(openField(keyring, Buffer.from(base, 'base64'), rowKey(uid))) as SessionDocument;
      return visits.length > 0 ? { ...document, authorizations } : document;
    },
    async end(uid) {
      await cache.eval(END, 1, rowKey(uid), ENDED_SECONDS);
    },
    listByAccount: (accountId, nowSeconds) => cache.zrangebyscore(accountKey(accountId), nowSeconds, '+inf'),
    async forgetAccount(accountId) {
      await cache.del(accountKey(accountId));
    },
  };
}

const remember = (cache: Cache, accountId: string, uid: string, exp: number): Promise<unknown>[] => [
  cache.zadd(accountKey(accountId), exp, uid),
  cache.expire(accountKey(accountId), ABSOLUTE_SECONDS),
];
