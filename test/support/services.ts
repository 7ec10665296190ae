/** Addresses of the servers of this test run, passed from start-services to the test files by environment. */
export interface Services {
  /** The database that every fresh database is copied from. */
  templateUrl: string;
  redisUrl: string;
}

const TEMPLATE = 'TEST_TEMPLATE_URL';
const REDIS = 'TEST_REDIS_URL';

export function announceServices(services: Services): void {
  process.env[TEMPLATE] = services.templateUrl;
  process.env[REDIS] = services.redisUrl;
}

export function runningServices(): Services {
  const templateUrl = process.env[TEMPLATE];
  const redisUrl = process.env[REDIS];
  if (templateUrl === undefined || redisUrl === undefined) throw new Error('start-services did not run');
  return { templateUrl, redisUrl };
}

/** `url` with another database name. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** The database name of `url`. */
export const databaseOf = (url: string): string => new URL(url).pathname.slice(1);
