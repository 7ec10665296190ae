import { createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { openAccount } from '../../../src/accounts/open-account.ts';
import { EVENT_KINDS } from '../../../src/audit/event-kinds.ts';
import { record } from '../../../src/audit/record.ts';
import type { PortalId, SubjectId } from '../../../src/kernel/ids.ts';
import { verifyExport } from '../../../src/officers/audit/verify-export.ts';
import { readSigningKeys } from '../../../src/provider/keys/key-folder.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { runEid } from '../../cli/run-eid.ts';
import { installLeakNet } from '../../support/leak-net.ts';
import { officerOf, startConsole } from '../console.ts';

const world = await startConsole();
const { clock, db, keysDir } = world;
const NUMBER = '079199012345';
const personal = {
  nationalId: NUMBER,
  fullName: 'Đoàn Thị Mỹ Hòa',
  birthDate: '1999',
  gender: 'female',
  nationality: 'VN',
} as const;
installLeakNet({
  db,
  secrets: [
    { kind: 'national_id', value: NUMBER },
    { kind: 'name', value: personal.fullName },
  ],
});

const at = (minutesAgo: number) => new Date(clock.now().getTime() - minutesAgo * 60_000);
const subject = await inTransaction(db, async (sql): Promise<SubjectId> => {
  const stage = { state: 'active', level: '01' } as const;
  const opened = await openAccount(world, sql, { kind: 'citizen', stage, personal }, at(90));
  if (opened.kind !== 'opened') throw new Error('taken');
  return opened.subject;
});
for (let i = 0; i < 60; i += 1) await record(db, { kind: 'password.rejected', subject, data: { inARow: i } }, at(60));
const FORMULA = '=HYPERLINK("http://evil.example","x")' as PortalId;
await record(db, { kind: 'sign_in.completed', subject, portal: FORMULA }, at(30));
const approver = `officer:${officerOf('approver').officerId}`;
await record(db, { kind: 'officer.search_unusual', actor: approver, data: { why: 'many' } }, at(20));

const auditor = await world.signIn(officerOf('auditor'));
const rowsIn = (body: string) => [...body.matchAll(/<th scope="row">/g)].length;
const publishedKeys = () => ({
  keys: readSigningKeys(keysDir).map(({ jwk }) => ({
    ...(createPublicKey({ format: 'jwk', key: jwk }).export({ format: 'jwk' }) as object),
    kid: jwk.kid,
  })),
});

test('a number is typed, never an address: the address has the random id, and search and look are recorded', async () => {
  await auditor.get('/console/audit');
  const sought = await auditor.post('/console/audit', { national_id: '079 199 012 345', kind: 'password.rejected' });
  expect(sought.status).toBe(303);
  expect(sought.location).toContain(`subject=${subject}`);
  expect(sought.location).not.toContain(NUMBER);
  const page = await auditor.get(sought.location ?? '');
  expect(page.body).not.toContain(NUMBER);
  expect(rowsIn(page.body)).toBe(25);
  expect(await world.events('audit.subject_sought')).toEqual([expect.objectContaining({ data: { found: true } })]);
  const { rows } = await db.query(
    `SELECT account_id, actor FROM audit_event WHERE kind = 'audit.looked' AND account_id IS NOT NULL`,
  );
  expect(rows).toEqual([{ account_id: subject, actor: `officer:${officerOf('auditor').officerId}` }]);
  const nobody = await auditor.post('/console/audit', { national_id: '079199012346' });
  expect(nobody.status).toBe(422);
});

test('pages follow one another by key and lose nothing, even among events of one moment', async () => {
  let address: string | undefined = `/console/audit?kind=password.rejected&subject=${subject}`;
  const seen: string[] = [];
  while (address) {
    const { body }: { body: string } = await auditor.get(address);
    seen.push(...[...body.matchAll(/inARow: (\d+)/g)].map(([, n]) => n!));
    address = /href="([^"]+)" rel="next"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(seen.length).toBe(60);
  expect(new Set(seen).size).toBe(60);
});

test.each([
  ['from=2026-01-01&to=2026-11-02', 422, 'at most'],
  ['from=2026-02-30', 422, 'day that exists'],
  ['kind=x', 422, 'from the list'],
  ['actor=%27%20OR%201%3D1', 422, 'no id'],
  ['subject=079199012345', 422, 'no account'],
  ['portal=%27--', 422, 'from the list'],
  ['after=yesterday', 400, ''],
  ['after=2026-11-02T03:00:00.000000Z_00000000-0000-4000-8000-000000000000', 200, ''],
])('the filter %s is answered %i', async (filter, status, words) => {
  const page = await auditor.get(`/console/audit?lang=en&${filter}`);
  expect([page.status, page.body.includes(words)]).toEqual([status, true]);
});

test('unusual use is counted on the start page and leads to its events, where the officer stands by name', async () => {
  const start = await auditor.get('/console?lang=en');
  expect(start.body).toContain('1 unusual search in the last 7 days');
  const address = /href="([^"]+search_unusual[^"]*)"/.exec(start.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const page = await auditor.get(address);
  expect(rowsIn(page.body)).toBe(1);
  expect(page.body).toContain(officerOf('approver').name);
  const alone = await auditor.get(`/console/audit?lang=en&actor=${approver}`);
  expect(alone.body).toContain(`Only what ${officerOf('approver').name} of`);
});

test('what a role may not do is recorded, and found by its kind', async () => {
  const approving = await world.signIn(officerOf('approver'));
  expect((await approving.get('/console/audit')).status).toBe(403);
  const page = await auditor.get('/console/audit?kind=officer.refused');
  expect(page.body).toContain('action: see_audit');
});

test.each(['csv', 'jsonl'] as const)(
  'an export as %s is sealed: the published keys verify it, a changed byte fails',
  async (format) => {
    await auditor.get('/console/audit/export');
    const asked = { format, kind: '', actor: '', portal: '', subject, from: '', to: '' };
    const { status, body, headers } = await auditor.post('/console/audit/export', asked);
    expect([status, headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename="audit-2026-11-02.${format}"`,
    ]);
    const file = Buffer.from(body);
    const verdict = verifyExport(file, publishedKeys());
    const [finished] = (await world.events('audit.exported')).slice(-1);
    expect(verdict).toEqual(expect.objectContaining({ kind: 'genuine', digest: finished?.data['digest'] }));
    expect(body.split('\n').length - (format === 'csv' ? 3 : 2)).toBe(finished?.data['events']);

    const changed = Buffer.from(body.replace('"inARow":7', '"inARow":8').replace('""inARow"":7', '""inARow"":8'));
    expect(changed.equals(file)).toBe(false);
    expect(verifyExport(changed, publishedKeys()).kind).toBe('changed');
    const [head = '', ...rest] = body.split('\n');
    expect(verifyExport(Buffer.from([head, ...rest.slice(1)].join('\n')), publishedKeys()).kind).toBe('changed');
    expect(verifyExport(Buffer.from(body.split('\n').slice(0, -2).join('\n')), publishedKeys()).kind).toBe('unsealed');
    const [stranger] = publishedKeys().keys.slice(1);
    expect(verifyExport(file, { keys: [stranger!] }).kind).toBe('not_ours');
    const [exported, keys] = [path.join(keysDir, 'exported'), path.join(keysDir, 'jwks')];
    writeFileSync(exported, file);
    writeFileSync(keys, JSON.stringify(publishedKeys()));
    expect(await runEid(['audit', 'verify', exported, keys], {})).toMatchObject({ code: 0, err: '' });
    writeFileSync(exported, changed);
    expect((await runEid(['audit', 'verify', exported, keys], {})).code).toBe(1);
    if (format === 'csv') expect(body).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
  },
);

test('more than one file may hold is refused, not cut off', async () => {
  await db.query(
    `INSERT INTO audit_event (occurred_at, kind) SELECT $1, 'portal.registered' FROM generate_series(1, 10001)`,
    [at(10)],
  );
  const { status, body } = await auditor.post('/console/audit/export?lang=en', {
    format: 'csv',
    kind: 'portal.registered',
    actor: '',
    portal: '',
    subject: '',
    from: '',
    to: '',
  });
  expect([status, body.includes('10,000') || body.includes('10000')]).toEqual([422, true]);
});

test('every kind of event has its sentence in the list', async () => {
  const { body } = await auditor.get('/console/audit');
  for (const kind of Object.keys(EVENT_KINDS)) expect(body).toContain(`value="${kind}"`);
});
