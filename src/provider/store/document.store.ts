import { createHash } from 'node:crypto';
import type { Cache } from '../../storage/redis.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { openField, sealField } from '../../storage/sealed-field.ts';

/** Redis key of one document: the id is a bearer secret, so only its hash is kept. */
const keyOf = (model: string, id: string) => `eid:${model}:${createHash('sha256').update(id).digest('base64url')}`;

/** One key a script, so that it runs on any node of a cluster. Writes once: of many at the same time one gets 1. */
const USE_ONCE = `if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
return redis.call('HSETNX', KEYS[1], 'used', ARGV[1])`;

const SAVE_USABLE = `redis.call('HSET', KEYS[1], 'value', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1`;

export interface DocumentDeps {
  readonly cache: Cache;
  readonly keyring: Pick<Keyring, 'sealing'>;
}

/**
 * The documents of the protocol: interactions, codes, tokens. Sealed as a whole, since a portal may put personal data into
 * a request (a login hint, the value of a claim).
 */
export interface DocumentStore {
  save(model: string, id: string, document: object, ttlSeconds: number): Promise<void>;
  find(model: string, id: string): Promise<object | undefined>;
  /** Reads and removes in one step. */
  take(model: string, id: string): Promise<object | undefined>;
  remove(model: string, id: string): Promise<void>;
  saveUsable(model: string, id: string, document: object, ttlSeconds: number): Promise<void>;
  /** A document that can be used once; `consumed` (epoch seconds) once it was. */
  findUsable(model: string, id: string): Promise<{ grantId?: string; consumed?: number } | undefined>;
  /** Marks it used. False when it was used before or is gone: whoever gets false lost the race. */
  useOnce(model: string, id: string, nowSeconds: number): Promise<boolean>;
}

export function documentStore({ cache, keyring }: DocumentDeps): DocumentStore {
  const seal = (key: string, document: object) => sealField(keyring, JSON.stringify(document), key).toString('base64');
  const open = (key: string, sealed: string) =>
    JSON.parse(openField(keyring, Buffer.from(sealed, 'base64'), key)) as object;
  return {
    async save(model, id, document, ttlSeconds) {
      const key = keyOf(model, id);
      await cache.set(key, seal(key, document), 'EX', ttlSeconds);
    },
    async find(model, id) {
      const key = keyOf(model, id);
      const sealed = await cache.get(key);
      return sealed === null ? undefined : open(key, sealed);
    },
    async take(model, id) {
      const key = keyOf(model, id);
      const sealed = await cache.getdel(key);
      return sealed === null ? undefined : open(key, sealed);
    },
    async remove(model, id) {
      await cache.del(keyOf(model, id));
    },
    async saveUsable(model, id, document, ttlSeconds) {
      const key = keyOf(model, id);
      await cache.eval(SAVE_USABLE, 1, key, seal(key, document), ttlSeconds);
    },
    async findUsable(model, id) {
      const key = keyOf(model, id);
      const [sealed, used] = await cache.hmget(key, 'value', 'used');
      if (!sealed) return undefined;
      return { ...open(key, sealed), ...(used && { consumed: Number(used) }) };
    },
    async useOnce(model, id, nowSeconds) {
      return (await cache.eval(USE_ONCE, 1, keyOf(model, id), nowSeconds)) === 1;
    },
  };
}
