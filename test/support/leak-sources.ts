import type { Database } from '../../src/storage/postgres.ts';
import type { Cache } from '../../src/storage/redis.ts';

/** One piece of text and where it was found, for the message of a failing test. */
export interface Found {
  readonly where: string;
  readonly text: string;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Every column of every row of every table outside PostgreSQL's own schemas; bytea as hex and as the text of its bytes. */
export async function readDatabase(db: Database): Promise<Found[]> {
  const tables = await db.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
     ORDER BY 1, 2`,
  );
  const found: Found[] = [];
  for (const { schema, name } of tables.rows) {
    const rows = await db.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${quoted(schema)}.${quoted(name)} t`,
    );
    for (const { row } of rows.rows) {
      for (const [column, value] of Object.entries(row)) {
        if (value !== null) found.push(...columnTexts(`table ${schema}.${name}, column ${column}`, value));
      }
    }
  }
  return found;
}

/** As PostgreSQL writes a moment in JSON: its microseconds are six digits like a code, by chance the same as one. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d:\d\d$/;

function columnTexts(where: string, value: unknown): Found[] {
  if (typeof value === 'string' && MOMENT.test(value)) return [];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const bytes = [...text.matchAll(/\\x([\da-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString());
  return [text, ...bytes].map((part) => ({ where, text: part }));
}

/** Every key and every value of the selected Redis database. */
export async function readCache(cache: Cache): Promise<Found[]> {
  const found: Found[] = [];
  let cursor = '0';
  do {
    const [next, keys] = await cache.scan(cursor, 'COUNT', 500);
    cursor = next;
    for (const key of keys) {
      found.push({ where: 'redis key', text: key });
      for (const text of await valuesOf(cache, key)) found.push({ where: `redis value of ${key}`, text });
    }
  } while (cursor !== '0');
  return found;
}

async function valuesOf(cache: Cache, key: string): Promise<string[]> {
  const type = await cache.type(key);
  switch (type) {
    case 'string':
      return [(await cache.get(key)) ?? ''];
    case 'hash':
      return Object.entries(await cache.hgetall(key)).flat();
    case 'list':
      return cache.lrange(key, 0, -1);
    case 'set':
      return cache.smembers(key);
    case 'zset':
      return cache.zrange(key, 0, -1);
    case 'stream':
      return (await cache.xrange(key, '-', '+')).flat(2);
    case 'none':
      return []; // it ran out meanwhile
    default:
      throw new Error(`the leak net cannot read redis type ${type}`);
  }
}
