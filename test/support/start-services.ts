import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startEmbeddedPostgres } from '../../src/storage/embedded/embedded-postgres.ts';
import { startEmbeddedRedis } from '../../src/storage/embedded/embedded-redis.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/postgres.ts';
import { announceServices, databaseOf, withDatabase } from './services.ts';

type Stop = () => Promise<void>;
const running = globalThis as unknown as { stopServices: Stop };

/**
 * Before the first test: PostgreSQL and Redis for the whole run, from npm or from DATABASE_URL and REDIS_URL,
 * and one migrated database as the template of all others. The account of DATABASE_URL must be allowed to create databases and roles.
 */
export default async function startServices(): Promise<void> {
  const postgres = await startPostgres();
  const redis = await startRedis();
  const templateUrl = withDatabase(postgres.url, `eid_test_${randomBytes(6).toString('hex')}`);
  await onServer(postgres.url, `CREATE DATABASE ${databaseOf(templateUrl)}`);
  // a member of the application's role, of this run alone: on a shared server the role itself may be somebody's
  const application = { name: `${databaseOf(templateUrl)}_app`, password: randomBytes(12).toString('hex') };
  await migrate(templateUrl, { application });
  announceServices({ templateUrl, application, redisUrl: redis.url });
  running.stopServices = async () => {
    await dropTestDatabases(postgres.url, databaseOf(templateUrl));
    await onServer(postgres.url, `DROP ROLE ${application.name}`);
    await postgres.stop();
    await redis.stop();
  };
}

async function startPostgres(): Promise<{ url: string; stop: Stop }> {
  const url = process.env['DATABASE_URL'];
  if (url) return { url, stop: async () => {} };
  const folder = mkdtempSync(path.join(tmpdir(), 'eid-test-'));
  const postgres = await startEmbeddedPostgres({ folder, durable: false });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startRedis(): Promise<{ url: string; stop: Stop }> {
  const url = process.env['REDIS_URL'];
  return url ? { url, stop: async () => {} } : startEmbeddedRedis();
}

async function onServer(url: string, statement: string): Promise<void> {
  const db = openDatabase(url, { max: 1 });
  await db.query(statement);
  await db.end();
}

async function dropTestDatabases(url: string, prefix: string): Promise<void> {
  const db = openDatabase(url, { max: 1 });
  const names = await db.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    prefix,
  ]);
  for (const { datname } of names.rows) await db.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  await db.end();
}
