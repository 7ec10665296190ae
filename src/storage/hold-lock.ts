import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Database } from './postgres.ts';

/** A lock of PostgreSQL's that a living connection holds, and nobody once its process is gone. */
export interface HeldLock {
  /** Resolves when the connection broke, and the lock with it. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/** Takes the advisory lock `name` (in `scope`) on a connection of its own; undefined while another holds it. Throws on an outage. */
export async function tryHoldLock(db: Database, scope: string, name: string): Promise<HeldLock | undefined> {
  const own = await db.connect();
  try {
    const { rows } = await own.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtext($1), hashtext($2)) AS held',
      [scope, name],
    );
    if (rows[0]?.held === true) return holding(own);
    own.release();
    return undefined;
  } catch (error) {
    own.release(true);
    throw error;
  }
}

function holding(own: PoolClient): HeldLock {
  let isOurs = true;
  const giveBack = (): void => {
    if (!isOurs) return;
    isOurs = false;
    own.release(true); // with the connection goes the lock
  };
  const lost = new Promise<void>((resolve) => {
    own.once('error', () => resolve());
    own.once('end', () => resolve());
  }).then(giveBack);
  return {
    lost,
    async release() {
      giveBack();
      await Promise.race([lost, pause(LAST_WORDS_MS, undefined, { ref: false })]);
    },
  };
}

const LAST_WORDS_MS = 1_000;
