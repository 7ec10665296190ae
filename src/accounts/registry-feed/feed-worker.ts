import type { Logger } from 'pino';
import { tryHoldLock } from '../../storage/hold-lock.ts';
import { followFeed, restFor, type FollowFeedDeps } from './follow-feed.ts';

export interface FeedWorkerDeps extends FollowFeedDeps {
  readonly log: Pick<Logger, 'error' | 'info' | 'warn'>;
}

const LOOK_EVERY_MS = 1_000;
const SLOWEST_MS = 30_000;

/**
 * Follows the registry's feed beside the requests. Of several instances one is at work, the others wait to take over;
 * if two ever were, the place in the feed would let one through only. `stop` lets the change under way end.
 */
export function startFeedWorker(deps: FeedWorkerDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let failures = 0;

  const inTurn = async (): Promise<void> => {
    const lock = await tryHoldLock(deps.db, 'registry', 'feed');
    if (!lock) return;
    deps.log.info({ event: 'registry_feed_taken', component: 'registry' });
    const ended = new AbortController();
    void lock.lost.then(() => ended.abort());
    const either = AbortSignal.any([signal, ended.signal]);
    try {
      while (!either.aborted) {
        const outcome = await followFeed(deps, either);
        if (outcome.kind === 'unavailable') await restFor(waitAfter((failures += 1)), either);
        else failures = 0;
        if (outcome.kind === 'caught_up') await restFor(LOOK_EVERY_MS, either);
      }
    } finally {
      await lock.release();
    }
  };
  const live = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await inTurn();
        await restFor(LOOK_EVERY_MS, signal);
      } catch (err) {
        deps.log.error({ event: 'registry_feed_failed', component: 'registry', err });
        await restFor(waitAfter((failures += 1)), signal);
      }
    }
  };
  const living = live();
  return {
    async stop() {
      stopping.abort();
      await living;
    },
  };
}

const waitAfter = (failures: number): number => Math.min(SLOWEST_MS, LOOK_EVERY_MS * 2 ** Math.min(failures - 1, 5));
