import type { Sql } from '../postgres.ts';

/** Work to be done after the commit, at least once. The payload holds ids only, nothing personal. */
export interface Job {
  readonly task: string;
  readonly payload: Readonly<Record<string, string | number | boolean>>;
  /** Of several waiting jobs with one key, the last stands for all. */
  readonly key?: string;
  /** Not before; at once if not given. */
  readonly runAt?: Date;
}

/** Puts a job into the caller's transaction: with its commit the job is certain, without it there is none. */
export async function enqueueJob(sql: Sql, { task, payload, key, runAt }: Job): Promise<void> {
  await sql.query({
    name: 'enqueue-job',
    text: 'SELECT id FROM graphile_worker.add_job($1, $2::json, run_at => $3::timestamptz, job_key => $4)',
    values: [task, JSON.stringify(payload), runAt ?? null, key ?? null],
  });
}
