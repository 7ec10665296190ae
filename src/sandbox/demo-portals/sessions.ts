import { randomBytes } from 'node:crypto';

/** What a portal remembers of somebody signed in. */
export interface Session {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string;
  readonly sub: string;
  /** The provider's session, by which it asks us to end ours. */
  readonly sid: string | undefined;
}

/** What must be the same when somebody comes back from the provider. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Things kept in memory for a while under a random key. */
export interface Shelf<T> {
  /** Puts it on the shelf; what comes back is its key. */
  put(value: T): string;
  get(key: string | undefined): T | undefined;
  /** Takes it off the shelf: the second taker gets nothing. */
  take(key: string | undefined): T | undefined;
  removeWhere(matches: (value: T) => boolean): number;
}

/** A shelf that forgets after `lifeMs`, and the oldest first when it is full. */
export function createShelf<T>(lifeMs: number, capacity: number): Shelf<T> {
  const kept = new Map<string, { value: T; until: number }>();
  const now = (): number => new Date().getTime();
  const get = (key: string | undefined): T | undefined => {
    const found = kept.get(key ?? '');
    return found && found.until > now() ? found.value : undefined;
  };
  return {
    get,
    put(value) {
      const key = randomBytes(32).toString('base64url');
      kept.set(key, { value, until: now() + lifeMs });
      const oldest = kept.keys().next().value;
      if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
      return key;
    },
    take(key) {
      const value = get(key);
      kept.delete(key ?? '');
      return value;
    },
    removeWhere(matches) {
      const gone = [...kept].filter(([, { value }]) => matches(value));
      for (const [key] of gone) kept.delete(key);
      return gone.length;
    },
  };
}
