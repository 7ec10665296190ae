import type { Database } from '../postgres.ts';

/** The scope of the advisory locks by which a pool of workers shows that it lives. */
export const WORKER_POOLS = 'worker-pools';

/**
 * Frees the jobs that a killed process had taken, so that the next one does them now and not after the hours that
 * graphile-worker would wait. A pool is gone when nobody holds its lock, which it takes soon after its first job. How many
 * pools were gone.
 */
export async function freeAbandonedJobs(db: Database): Promise<number> {
  const { rows } = await db.query<{ gone: string[] | null }>(
    `WITH taken AS MATERIALIZED (
       SELECT DISTINCT locked_by FROM graphile_worker._private_jobs WHERE locked_at < now() - interval '3 seconds'),
     dead AS MATERIALIZED (
       SELECT locked_by FROM taken WHERE pg_try_advisory_xact_lock(hashtext($1), hashtext(locked_by)))
     SELECT array_agg(locked_by) AS gone FROM dead`,
    [WORKER_POOLS],
  );
  const gone = rows[0]?.gone ?? [];
  if (gone.length > 0) await db.query('SELECT graphile_worker.force_unlock_workers($1::text[])', [gone]);
  return gone.length;
}
