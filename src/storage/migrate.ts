import path from 'node:path';
import { grantApplicationRights, type Login } from './grant-application-rights.ts';
import { migrateJobs } from './jobs/migrate-jobs.ts';

const MIGRATIONS = path.join(import.meta.dirname, '../../migrations');

/**
 * Brings the database to the newest schema and returns the names of the migrations it ran, oldest first.
 * All of them run in one transaction; a second instance that starts meanwhile waits and then finds nothing to do.
 * Throws what PostgreSQL says when one fails; then nothing has changed. The job queue's schema comes with it, and the rights
 * of the role that the program runs as; `application`: as whom it signs in, made or given this password here.
 */
export async function migrate(
  ownerUrl: string,
  { application }: { readonly application?: Login } = {},
): Promise<string[]> {
  // loaded here, so that serving does not carry the migration tool
  const { runner } = await import('node-pg-migrate');
  const done = await runner({
    databaseUrl: ownerUrl,
    dir: MIGRATIONS,
    migrationsTable: 'schema_migration',
    direction: 'up',
    checkOrder: true,
    advisoryLockMode: 'wait',
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  });
  await migrateJobs(ownerUrl);
  await grantApplicationRights(ownerUrl, application);
  return done.map((migration) => migration.name);
}
