/** An instance that does jobs: each writes a row, waits, and writes that it is done. */
import { setTimeout as pause } from 'node:timers/promises';
import { runJobs } from '../../../../src/storage/jobs/run-jobs.ts';
import { openDatabase } from '../../../../src/storage/postgres.ts';

const { DB = '', NAME = '', TAKES_MS = '0' } = process.env;
const db = openDatabase(DB, { max: 8 });
const log = { error: () => undefined, warn: () => undefined, debug: () => undefined };
const jobs = await runJobs(
  { db, log },
  {
    async note({ id }) {
      await db.query('INSERT INTO job_note (id, who, word) VALUES ($1, $2, $3)', [id, NAME, 'begun']);
      process.send?.({ kind: 'begun' });
      await pause(Number(TAKES_MS));
      await db.query('INSERT INTO job_note (id, who, word) VALUES ($1, $2, $3)', [id, NAME, 'done']);
    },
  },
);
process.send?.({ kind: 'ready' });
process.once('disconnect', () => void jobs.stop().then(() => process.exit(0)));
