import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, expect, test } from '@jest/globals';

import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { runEid } from './run-eid.ts';

const { db, url, ownerUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const folder = mkdtempSync(path.join(tmpdir(), 'eid-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keysDir = path.join(folder, 'keys');
const env = { DATABASE_URL: url, EID_KEYS_DIR: keysDir };

test('an unknown command says how to use it, and fails', async () => {
  for (const args of [[], ['dance'], ['keys', 'dance'], ['portals', 'add'], ['constructor']]) {
    const { code, err } = await runEid(args, env);
    expect([code, err]).toEqual([1, expect.stringContaining('Usage:')]);
    expect(err).not.toContain('    at ');
  }
});

test('migrate on a migrated database has nothing to do', async () => {
  expect(await runEid(['migrate'], { ...env, MIGRATION_DATABASE_URL: ownerUrl })).toEqual({
    code: 0,
    out: 'nothing to do\n',
    err: '',
  });
});

test('a database that is away is one sentence', async () => {
  const { code, err } = await runEid(['portals', 'list'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' });
  expect([code, err]).toEqual([1, expect.stringContaining('cannot be reached')]);
  expect(err).not.toContain('    at ');
});

test('serve names everything that is missing, and does not start', async () => {
  const { code, err } = await runEid(['serve'], { NODE_ENV: 'production', EID_ISSUER: 'http://id.example.vn' });
  expect(code).toBe(1);
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'EID_ISSUER', 'EID_REGISTRY_TOKEN', 'EID_KEYS_DIR']) {
    expect(err).toContain(name);
  }
});

test('keys: made once for their owner alone, listed without secrets, rotated when portals can know the next', async () => {
  expect((await runEid(['keys', 'list'], env)).err).toContain('eid keys init');
  expect((await runEid(['keys', 'init'], env)).out).toContain('made keys');
  const before = readFileSync(path.join(keysDir, 'data.json'), 'utf8');
  expect((await runEid(['keys', 'init'], env)).out).toContain('complete');
  expect(readFileSync(path.join(keysDir, 'data.json'), 'utf8')).toBe(before);
  for (const file of ['data.json', 'signing.json', 'provider.json']) {
    expect(statSync(path.join(keysDir, file)).mode & 0o077).toBe(0);
  }

  const listed = await runEid(['keys', 'list'], env);
  expect(listed.out.trim().split('\n')).toHaveLength(2);
  expect(listed.out).not.toContain(JSON.parse(readFileSync(path.join(keysDir, 'signing.json'), 'utf8')).keys[0].jwk.d);

  const early = await runEid(['keys', 'rotate'], env);
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('--emergency')]);
  expect((await runEid(['keys', 'rotate', '--emergency'], env)).out).toContain('signing with');
  expect((await runEid(['keys', 'list'], env)).out).toContain('previous');
});

const portalFile = (changes: object = {}): string => {
  const file = path.join(folder, 'portal.json');
  const portal = {
    portal_id: 'so-tu-phap',
    agreement: { number: '12/2026/TT-C06', signed_on: '2026-07-01', security_level: 3 },
    name: { vi: 'Sở Tư pháp', en: 'Department of Justice' },
    authority: { vi: 'Sở Tư pháp', en: 'Department of Justice' },
    purpose: { vi: 'Cấp bản sao', en: 'To issue copies' },
    minimum_acr: 'LoA2',
    claims: [{ name: 'name', required: true }],
    home_url: 'https://tu-phap.example/',
    redirect_uris: ['https://tu-phap.example/callback'],
    token_endpoint_auth_method: 'client_secret_basic',
    ...changes,
  };
  writeFileSync(file, JSON.stringify(portal));
  return file;
};

test('portals: added with a secret shown once and kept as a hash, listed, changed, disabled', async () => {
  const added = await runEid(['portals', 'add', portalFile()], env);
  expect(added).toMatchObject({ code: 0, err: '' });
  const secret = /shown this once: (\S+)/.exec(added.out)?.[1] ?? '';
  expect(secret.length).toBeGreaterThan(40);
  const kept = await db.query<{ all: string }>('SELECT string_agg(p::text, $1) AS all FROM portal p', [' ']);
  expect(kept.rows[0]?.all).not.toContain(secret);

  const changed = await runEid(['portals', 'add', portalFile({ minimum_acr: 'LoA3' })], env);
  expect(changed.out).toBe('changed so-tu-phap, sector tu-phap.example\n');
  expect((await runEid(['portals', 'list'], env)).out).toBe('so-tu-phap  LoA3  Sở Tư pháp\n');

  const moved = await runEid(['portals', 'add', portalFile({ sector: 'other.example' })], env);
  expect([moved.code, moved.err]).toEqual([1, expect.stringContaining('cannot change')]);

  expect((await runEid(['portals', 'disable', 'so-tu-phap'], env)).code).toBe(0);
  expect((await runEid(['portals', 'disable', 'so-tu-phap'], env)).err).toContain('no portal');
  expect((await runEid(['portals', 'add', portalFile()], env)).err).toContain('was disabled');
});

test('serve in production refuses a role that could change the audit trail', async () => {
  const delivery = path.join(folder, 'delivery.json');
  writeFileSync(delivery, '{}');
  const { code, err } = await runEid(['serve'], {
    ...env,
    NODE_ENV: 'production',
    DATABASE_URL: ownerUrl,
    REDIS_URL: cacheUrl,
    EID_ISSUER: 'https://id.example.vn',
    EID_REGISTRY_URL: 'http://127.0.0.1:9',
    EID_REGISTRY_TOKEN: 'a-token-only-for-this-test',
    EID_DELIVERY_FILE: delivery,
    EID_LOG_LEVEL: 'silent',
  });
  expect([code, err]).toEqual([1, expect.stringContaining('may change the audit trail')]);
});
