import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { initKeyring } from '../../src/storage/keyring-file.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { runEid } from './run-eid.ts';

const { db, url } = await freshDatabase();
const keysDir = mkdtempSync(path.join(tmpdir(), 'eid-cli-'));
initKeyring(keysDir);
afterAll(() => rmSync(keysDir, { recursive: true }));
const env = { DATABASE_URL: url, EID_KEYS_DIR: keysDir, EID_ISSUER: 'https://id.example.vn' };
const invite = (...args: string[]) => runEid(['officers', 'invite', ...args], env);

test('the first administrators come from the server: a link each, until two can sign in', async () => {
  expect((await invite('Phan Quốc Bảo')).err).toContain('no office yet');
  const first = await invite('Phan Quốc Bảo', '--office', 'Bộ Công an');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^https:\/\/id\.example\.vn\/console\/enrol\/[\w-]{43}$/m);
  expect((await invite('Tạ Kim Oanh')).code).toBe(0);
  const { rows } = await db.query('SELECT state, role, personal FROM officer');
  expect(rows).toMatchObject(Array.from({ length: 2 }, () => ({ state: 'confirmed', role: 'security_administrator' })));
  expect(JSON.stringify(rows)).not.toContain('Quốc');

  await db.query(`UPDATE officer SET state = 'active'`);
  expect(await invite('Một Người Nữa')).toMatchObject({ code: 1, err: expect.stringContaining('/console') });
  await db.query(
    `UPDATE officer SET state = 'disabled' WHERE officer_id = (SELECT min(officer_id::text)::uuid FROM officer)`,
  );
  expect((await invite('Thay Người Nghỉ')).code).toBe(0);
  const events = await db.query<{ actor: string }>(`SELECT actor FROM audit_event WHERE kind = 'officer.invited'`);
  expect(events.rows.map(({ actor }) => actor)).toEqual(
    Array.from({ length: 3 }, () => expect.stringMatching(/^operator:/)),
  );
});

test.each([[], ['--office', 'x'], ['An', 'Bình'], ['<b>'], ['An', '--role', 'auditor']])(
  'refused in one sentence: %j',
  async (...args) => {
    const { code, err } = await invite(...args);
    expect(code).toBe(1);
    expect(err).not.toContain('    at ');
  },
);
