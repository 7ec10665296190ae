import { loadDatabaseUrl } from '../config/command-settings.ts';
import { OperatorError } from '../kernel/operator-error.ts';
import { migrate as runMigrations } from '../storage/migrate.ts';

/** `eid migrate`: brings the database of DATABASE_URL to the newest schema and says which migrations ran. */
export async function migrate(): Promise<void> {
  const url = loadDatabaseUrl();
  const done = await runMigrations(url.reveal()).catch((cause: Error) => {
    throw new OperatorError(`The database was not migrated, and nothing has changed: ${cause.message}`, { cause });
  });
  process.stdout.write(done.length > 0 ? done.map((name) => `${name}\n`).join('') : 'nothing to do\n');
}
