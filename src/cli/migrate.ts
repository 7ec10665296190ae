import { loadMigrationUrls } from '../config/command-settings.ts';
import { OperatorError } from '../kernel/operator-error.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Login } from '../storage/grant-application-rights.ts';
import { migrate as runMigrations } from '../storage/migrate.ts';

/**
 * `eid migrate`: brings the database to the newest schema and says which migrations ran. With MIGRATION_DATABASE_URL it does so
 * as the owner, and lets the role of DATABASE_URL in, with the password that stands there.
 */
export async function migrate(): Promise<void> {
  const { owner, application } = loadMigrationUrls();
  const login = application && loginOf(application);
  const done = await runMigrations(owner.reveal(), login && { application: login }).catch((cause: Error) => {
    throw new OperatorError(`The database was not migrated, and nothing has changed: ${cause.message}`, { cause });
  });
  process.stdout.write(done.length > 0 ? done.map((name) => `${name}\n`).join('') : 'nothing to do\n');
}

function loginOf(url: Sealed<string>): Login {
  const { username, password } = new URL(url.reveal());
  if (!username || !password) throw new OperatorError('DATABASE_URL names no role with a password to sign in with.');
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}
