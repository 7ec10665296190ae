import path from 'node:path';
import { migrateJobs } from './jobs/migrate-jobs.ts';

const MIGRATIONS = path.join(import.meta.dirname, '../../migrations');

/**
 * Brings the database to the newest schema and returns the names of the migrations it ran, oldest first.
 * All of them run in one transaction; a second instance that starts meanwhile waits and then finds nothing to do.
 * Throws what PostgreSQL says when one fails; then nothing has changed. The job queue's schema comes with it.
 */
export async function migrate(databaseUrl: string, directory: string = MIGRATIONS): Promise<string[]> {
  // loaded here, so that serving does not carry the migration tool
  const { runner } = await import('node-pg-migrate');
  const done = await runner({
    databaseUrl,
    dir: directory,
    migrationsTable: 'schema_migration',
    direction: 'up',
    checkOrder: true,
    advisoryLockMode: 'wait',
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  });
  await migrateJobs(databaseUrl);
  return done.map((migration) => migration.name);
}
