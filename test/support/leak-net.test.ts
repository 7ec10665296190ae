import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { freshCache } from './fresh-cache.ts';
import { freshDatabase } from './fresh-database.ts';
import { describeLeak, findLeaks, installLeakNet, secretsOf } from './leak-net.ts';

const { db } = await freshDatabase();
const { cache } = await freshCache();
const logs: string[] = [];
const urls: string[] = [];
const person = {
  national_id: '001199012345',
  full_name: 'Trần Thị Hạnh Phúc',
  phone: '+84987654321',
  email: 'hanh.phuc@example.vn',
  password: 'chim-bay-qua-song-Hong',
};
const secrets = [...secretsOf(person), { kind: 'code' as const, value: '246810' }];
const options = { db, cache, logs, urls, secrets };
const search = async (): Promise<string[]> => (await findLeaks(options)).map(describeLeak);

installLeakNet(options); // and so every test here must clean up after itself

await db.query(`CREATE TABLE planted (id int PRIMARY KEY, words text, doc jsonb, bytes bytea, list text[], fixed char(40));
  CREATE SCHEMA other; CREATE TABLE other.planted (words text);`);

async function planted(column: string, value: unknown): Promise<string[]> {
  await db.query(`INSERT INTO planted (id, ${column}) VALUES (1, $1)`, [value]);
  const found = await search();
  await db.query('DELETE FROM planted');
  return found;
}

test('an empty house is clean, and so is what is sealed, keyed or merely similar', async () => {
  await db.query('INSERT INTO planted (id, words, bytes) VALUES (1, $1, $2)', [
    'trace 9246810a, hash a246810f0c, 001199012344, Trần Thị Hạnh',
    randomBytes(400),
  ]);
  logs.push('{"event":"request","sourcePort":24681,"durationMs":2468101}');
  expect(await search()).toEqual([]);
  await db.query('DELETE FROM planted');
  logs.length = 0;
});

describe('a leak in PostgreSQL is caught with its table and column', () => {
  test.each<[string, unknown, string]>([
    ['words', `x ${person.national_id} y`, 'national_id (clear) in table public.planted, column words'],
    ['words', 'tran thi hanh phuc', 'name (clear)'],
    ['words', person.full_name.normalize('NFD'), 'name (clear)'],
    ['words', person.full_name.toUpperCase(), 'name (clear)'],
    ['words', '0987654321', 'phone (clear)'],
    ['words', 'code=246810;', 'code (clear)'],
    ['doc', JSON.stringify({ deep: [{ phone: '84987654321' }] }), 'phone (clear) in table public.planted, column doc'],
    ['bytes', Buffer.from(`{"p":"${person.password}"}`), 'password (clear) in table public.planted, column bytes'],
    ['list', ['a', person.email], 'email (clear) in table public.planted, column list'],
    ['fixed', person.national_id, 'column fixed'],
    ['words', Buffer.from(`x${person.national_id}y`).toString('base64'), 'national_id (base64)'],
    ['words', Buffer.from(person.full_name).toString('hex'), 'name (hex)'],
    ['words', createHash('sha256').update(person.national_id).digest('hex'), 'national_id (sha256)'],
    ['bytes', createHash('sha256').update(person.national_id).digest(), 'national_id (sha256)'],
    ['words', encodeURIComponent(person.full_name), 'name (percent)'],
  ])('%s: case %#', async (column, value, expected) => {
    expect((await planted(column, value)).join('\n')).toContain(expected);
  });

  test('in another schema', async () => {
    await db.query('INSERT INTO other.planted VALUES ($1)', [person.password]);
    expect(await search()).toEqual(['- password (clear) in table other.planted, column words']);
    await db.query('DELETE FROM other.planted');
  });
});

describe('a leak in Redis is caught, and its key is shown without the secret', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['key', () => cache.set(`attempts:${person.national_id}`, '1'), '- national_id (clear) in redis key'],
    ['string', () => cache.set('k', `{"to":"${person.phone}"}`), '- phone (clear) in redis value of k'],
    ['hash field', () => cache.hset('k', person.email, '1'), '- email (clear) in redis value of k'],
    ['hash value', () => cache.hset('k', 'a', person.password), '- password (clear) in redis value of k'],
    ['list', () => cache.rpush('k', 'a', person.full_name), '- name (clear) in redis value of k'],
    ['set', () => cache.sadd('k', '246810'), '- code (clear) in redis value of k'],
    ['sorted set', () => cache.zadd('k', 1, person.national_id), '- national_id (clear) in redis value of k'],
  ])('%s', async (_, plant, expected) => {
    await plant();
    const found = await search();
    await cache.flushdb();
    expect(found).toContain(expected);
    expect(found.join('\n')).not.toContain(person.national_id);
  });

  test('the key of a leaking value is masked too', async () => {
    await cache.set(`k:${person.national_id}`, person.password);
    expect(await search()).toContain('- password (clear) in redis value of k:[national_id]');
    await cache.flushdb();
  });
});

test.each([
  [`{"msg":"no account ${person.national_id}"}`, '- national_id (clear) in log line'],
  [`{"msg":"Tr\\u1ea7n Th\\u1ecb H\\u1ea1nh Ph\\u00fac"}`, '- name (escaped) in log line'],
])('a leak in a log line is caught: case %#', async (line, expected) => {
  logs.push(line);
  const found = await search();
  logs.length = 0;
  expect(found).toContain(expected);
});

test.each([
  [`http://localhost:3000/auth?login_hint=${person.national_id}`, '- national_id (clear) in url'],
  [`http://localhost:4001/cb?name=Tr%E1%BA%A7n+Th%E1%BB%8B+H%E1%BA%A1nh+Ph%C3%BAc`, '- name (clear) in url'],
  [`http://localhost:3000/x/${encodeURIComponent(person.email)}`, '- email (clear) in url'],
])('a leak in an address is caught: case %#', async (url, expected) => {
  urls.push(url);
  const found = await search();
  urls.length = 0;
  expect(found).toContain(expected);
});
