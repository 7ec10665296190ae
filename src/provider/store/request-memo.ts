import type { IncomingMessage } from 'node:http';
import type { AccessLook } from '../../portals/find-portal-access.ts';

/** What one HTTP request has read already, so that the library may ask twice and the stores are asked once. */
export interface RequestMemo {
  readonly facts: Map<string, Promise<AccessLook>>;
  readonly found: Map<string, object>;
  readonly ended: Map<string, Promise<boolean>>;
  /** Writes on their way that nobody in this request reads back: awaited before the answer goes out. */
  readonly pending: Promise<unknown>[];
}

const memos = new WeakMap<IncomingMessage, RequestMemo>();

/** The memo of a request; without a request, one that is forgotten at once. */
export function memoOf(req: IncomingMessage | undefined): RequestMemo {
  const known = req && memos.get(req);
  if (known) return known;
  const memo: RequestMemo = { facts: new Map(), found: new Map(), ended: new Map(), pending: [] };
  if (req) memos.set(req, memo);
  return memo;
}

/** Reads `key` once a request. */
export function once<T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known) return known;
  const reading = read();
  map.set(key, reading);
  return reading;
}

/** Lets a write travel together with the next ones; settlePending() throws its failure. */
export function defer(memo: RequestMemo, write: Promise<unknown>): void {
  // the failure is not lost: settlePending awaits the write itself
  write.catch(() => undefined);
  memo.pending.push(write);
}

/** Waits for everything deferred. Throws the first failure: nothing is acknowledged that was not stored. */
export async function settlePending(memo: RequestMemo): Promise<void> {
  await Promise.all(memo.pending.splice(0));
}
