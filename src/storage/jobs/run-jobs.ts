import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, run, type WorkerEvents } from 'graphile-worker';
import type { Logger as Log } from 'pino';
import { tryHoldLock, type HeldLock } from '../hold-lock.ts';
import type { Database } from '../postgres.ts';
import { freeAbandonedJobs, WORKER_POOLS } from './free-abandoned-jobs.ts';

/** Does one job. What it throws is tried again, ever later, for about three days. */
export type Work = (payload: Readonly<Record<string, unknown>>) => Promise<void>;

export interface RunJobsDeps {
  /** A pool of its own: jobs must not wait for requests, nor requests for jobs. */
  readonly db: Database;
  readonly log: Pick<Log, 'error' | 'warn' | 'debug'>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LOOK_FOR_ABANDONED_MS = 2_000;
const POLL_MS = 2_000;
const AT_ONCE = 4;

/**
 * Does the waiting jobs, side by side with other instances: each is done by one of them. `daily` names the tasks put in
 * once a day at a UTC time (`HH:MM`), also after a day off. Call `stop` to let those under way end.
 */
export async function runJobs(
  deps: RunJobsDeps,
  tasks: Readonly<Record<string, Work>>,
  daily: Readonly<Record<string, string>> = {},
): Promise<{ stop(): Promise<void> }> {
  const events: WorkerEvents = new EventEmitter();
  const poolIds: string[] = [];
  events.on('pool:create', ({ workerPool }) => void poolIds.push(workerPool.id));
  const runner = await run({
    pgPool: deps.db,
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, work]) => [
        name,
        (payload: unknown) => work((payload ?? {}) as Record<string, unknown>),
      ]),
    ),
    parsedCronItems: parseCronItems(Object.entries(daily).map(([task, at]) => dailyItem(task, at))),
    concurrency: AT_ONCE,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    logger: logTo(deps.log),
  });
  const pulse = keepAlive(deps, poolIds);
  return {
    async stop() {
      await runner.stop();
      await pulse.stop();
    },
  };
}

function dailyItem(task: string, at: string) {
  const [hour, minute] = at.split(':').map(Number);
  return { task, match: `${minute} ${hour} * * *`, options: { backfillPeriod: DAY_MS, jobKey: `daily:${task}` } };
}

/** Shows that the pools live, and frees what pools left that do not. */
function keepAlive(deps: RunJobsDeps, poolIds: readonly string[]): { stop(): Promise<void> } {
  const held = new Map<string, HeldLock>();
  let round: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      for (const id of poolIds) {
        const lock = held.has(id) ? undefined : await tryHoldLock(deps.db, WORKER_POOLS, id);
        if (!lock) continue;
        held.set(id, lock);
        void lock.lost.then(() => held.delete(id));
      }
      const count = await freeAbandonedJobs(deps.db);
      if (count > 0) deps.log.warn({ event: 'abandoned_jobs_freed', count });
    } catch (err) {
      deps.log.warn({ event: 'job_queue_unreachable', err });
    }
  };
  const beat = (): void => {
    round = round.then(look);
  };
  beat();
  const timer = setInterval(beat, LOOK_FOR_ABANDONED_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
      await Promise.all([...held.values()].map((lock) => lock.release()));
    },
  };
}

/** graphile-worker's words, without the values that they may quote. */
const logTo = (log: RunJobsDeps['log']): Logger =>
  new Logger(({ taskIdentifier }) => (level, message, meta) => {
    if (level !== 'error' && level !== 'warning') return;
    const err = meta?.['error'];
    log[level === 'error' ? 'error' : 'warn']({
      event: 'job_queue',
      component: 'jobs',
      ...(taskIdentifier !== undefined && { name: taskIdentifier }),
      ...(err !== undefined && { err }),
      ...(err === undefined && { reason: message }),
    });
  });
