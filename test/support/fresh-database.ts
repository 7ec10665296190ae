import { randomBytes } from 'node:crypto';

import { afterAll } from '@jest/globals';

import { openDatabase } from '../../src/storage/postgres.ts';
import type { Database } from '../../src/storage/postgres.ts';
import { withLogin } from '../../src/storage/with-login.ts';
import { databaseOf, runningServices, withDatabase } from './services.ts';

export interface FreshDatabase {
  /** As the owner of the tables: for the test itself. */
  db: Database;
  /** As the application's role: for the product, which so proves with every journey that its rights suffice. */
  url: string;
  ownerUrl: string;
}

/**
 * A migrated, empty database for this test file alone; closed and dropped after its last test.
 * Call it at the top of the file: `const { db } = await freshDatabase();`
 */
export async function freshDatabase(options: { max?: number } = {}): Promise<FreshDatabase> {
  const { templateUrl, application } = runningServices();
  const template = databaseOf(templateUrl);
  const name = `${template}_${randomBytes(5).toString('hex')}`;
  const server = openDatabase(withDatabase(templateUrl, 'postgres'), { max: 1 });
  await patiently(() => server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const ownerUrl = withDatabase(templateUrl, name);
  const url = withLogin(ownerUrl, application);
  const db = openDatabase(ownerUrl, options);
  afterAll(async () => {
    await db.end();
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.end();
  });
  return { db, url, ownerUrl };
}

/** On a busy machine a connection may take longer than a person would be kept waiting. */
async function patiently(work: () => Promise<unknown>, tries = 10): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (tries === 0 || !/timeout/.test((error as Error).message)) throw error;
    await patiently(work, tries - 1);
  }
}
