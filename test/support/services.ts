import type { Login } from '../../src/storage/grant-application-rights.ts';

/** Addresses of the servers of this test run, passed from start-services to the test files by environment. */
export interface Services {
  /** The database that every fresh database is copied from. */
  templateUrl: string;
  /** As whom the product signs in at the fresh databases: a role that cannot change the audit trail. */
  application: Login;
  redisUrl: string;
}

const TEMPLATE = 'TEST_TEMPLATE_URL';
const LOGIN = 'TEST_APPLICATION_LOGIN';
const REDIS = 'TEST_REDIS_URL';

export function announceServices(services: Services): void {
  process.env[TEMPLATE] = services.templateUrl;
  process.env[LOGIN] = JSON.stringify(services.application);
  process.env[REDIS] = services.redisUrl;
}

export function runningServices(): Services {
  const templateUrl = process.env[TEMPLATE];
  const login = process.env[LOGIN];
  const redisUrl = process.env[REDIS];
  if (!templateUrl || !login || !redisUrl) throw new Error('start-services did not run');
  return { templateUrl, application: JSON.parse(login) as Login, redisUrl };
}

/** `url` with another database name. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** The database name of `url`. */
export const databaseOf = (url: string): string => new URL(url).pathname.slice(1);
