import { setTimeout as pause } from 'node:timers/promises';
import type { PopulationRegistry } from '../../registry/population-registry.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { applyChange } from './apply-change.ts';
import { selectPosition, updateSeenUntil } from './feed.store.ts';

/** More than a registry may tell again (docs/registry.md), so that an answer always brings something new. */
export const FEED_BATCH = 500;

export interface FollowFeedDeps extends ChangeAccountDeps {
  readonly registry: Pick<PopulationRegistry, 'changesAfter'>;
}

/** `more`: there may be more at once. `caught_up`: nothing was left. `unavailable`: the registry did not answer. */
export type FollowOutcome =
  { readonly kind: 'more' | 'caught_up'; readonly count: number } | { readonly kind: 'unavailable' };

/** One round: asks for what comes next and gives each change its effect in turn, until all are done or `signal` says stop. */
export async function followFeed(deps: FollowFeedDeps, signal?: AbortSignal): Promise<FollowOutcome> {
  const asked = deps.clock.now();
  let place = await selectPosition(deps.db);
  const answer = await deps.registry.changesAfter(place, FEED_BATCH);
  if (answer.kind !== 'found') return { kind: 'unavailable' };
  let count = 0;
  for (const change of answer.value) {
    if (signal?.aborted) return { kind: 'more', count };
    const outcome = await applyChange(deps, place, change);
    if (outcome === 'moved') return { kind: 'more', count };
    place = change.cursor;
    count += 1;
  }
  if (count >= FEED_BATCH) return { kind: 'more', count };
  await updateSeenUntil(deps.db, place, asked);
  return { kind: 'caught_up', count };
}

/** Waits `ms`, or until `signal`. */
export const restFor = (ms: number, signal: AbortSignal): Promise<unknown> =>
  pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
