import { Sealed } from '../kernel/sealed.ts';
import { readEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { cannotStart } from './problems.ts';
import { Settings } from './settings.ts';

/** DATABASE_URL alone, for commands that need no more. Throws OperatorError when it is missing. */
export function loadDatabaseUrl(env: Environment = process.env): Sealed<string> {
  const { values, problems } = readEnvironment(env);
  if (!values.DATABASE_URL) problems.push('DATABASE_URL is missing: the address of PostgreSQL');
  if (problems.length > 0 || !values.DATABASE_URL) throw cannotStart(problems);
  return new Sealed(values.DATABASE_URL);
}

/** The databases of `eid migrate`: whose the tables are, and as whom the program signs in, where that is another. */
export function loadMigrationUrls(env: Environment = process.env) {
  const { values } = readEnvironment(env);
  const application = loadDatabaseUrl(env);
  const owner = values.MIGRATION_DATABASE_URL;
  return owner ? { owner: new Sealed(owner), application } : { owner: application };
}

/** EID_KEYS_DIR alone, as an absolute path. */
export function loadKeysDir(env: Environment = process.env): string {
  const { values, problems } = readEnvironment(env);
  if (problems.length > 0) throw cannotStart(problems);
  return Settings.shape.EID_KEYS_DIR.parse(values.EID_KEYS_DIR);
}

/** Whether NODE_ENV says that citizens depend on this. */
export const isProduction = (env: Environment = process.env): boolean => env['NODE_ENV'] === 'production';

/** EID_ISSUER alone, without a slash at its end. */
export function loadIssuer(env: Environment = process.env): string {
  const { values, problems } = readEnvironment(env);
  if (problems.length > 0) throw cannotStart(problems);
  return Settings.shape.EID_ISSUER.parse(values.EID_ISSUER);
}
