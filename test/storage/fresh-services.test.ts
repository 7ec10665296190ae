import { expect, test } from '@jest/globals';

import { inTransaction } from '../../src/storage/postgres.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const { db } = await freshDatabase();
const { cache } = await freshCache();

test('a fresh database is migrated', async () => {
  const { rows } = await db.query('SELECT count(*)::int AS done FROM schema_migration');
  expect(rows[0].done).toBeGreaterThan(0);
});

test('a failed transaction leaves nothing and the connection usable', async () => {
  await db.query('CREATE TABLE thing (id int)');
  const failing = inTransaction(db, async (sql) => {
    await sql.query('INSERT INTO thing VALUES (1)');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect((await db.query('SELECT id FROM thing')).rowCount).toBe(0);
});

test('a transaction whose connection breaks throws, and the next one works', async () => {
  const failing = inTransaction(db, (sql) => sql.query('SELECT pg_terminate_backend(pg_backend_pid())'));
  await expect(failing).rejects.toThrow();
  expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('a date keeps its day in every time zone', async () => {
  expect((await db.query("SELECT date '1990-01-01' AS born")).rows).toEqual([{ born: '1990-01-01' }]);
});

test('a fresh cache is empty, and commands issued together answer in order', async () => {
  expect(await cache.dbsize()).toBe(0);
  expect(await Promise.all([cache.set('a', '1', 'EX', 5), cache.get('a'), cache.getdel('a')])).toEqual([
    'OK',
    '1',
    '1',
  ]);
});
