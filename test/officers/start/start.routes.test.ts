import { beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { record } from '../../../src/audit/record.ts';
import type { AuditEvent } from '../../../src/audit/audit-event.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { sealField } from '../../../src/storage/sealed-field.ts';
import { officerOf, startConsole } from '../console.ts';

const world = await startConsole();
const { cache, clock, db } = world;
const HOUR = 3600;

const before = (seconds: number) => new Date(clock.now().getTime() - seconds * 1000);
const happened = (events: AuditEvent[], secondsAgo: number) => record(db, events, before(secondsAgo));

async function account(state: string, level: string | null, { office = '', locked = false } = {}): Promise<SubjectId> {
  const id = randomUUID() as SubjectId;
  await db.query(
    `INSERT INTO account (account_id, kind, state, level, personal, credentials_changed_at, created_at)
     VALUES ($1, 'citizen', $2, $3, '\\x00', $4, $4)`,
    [id, state, level, clock.now()],
  );
  if (office)
    await db.query(
      `INSERT INTO account_evidence (account_id, evidence_id, kind, office_id, recorded_at, detail)
       VALUES ($1, $2, 'counter', $3, $4, '\\x00')`,
      [id, randomUUID(), office, clock.now()],
    );
  for (const ground of locked ? ['self_request', 'death'] : [])
    await db.query(`INSERT INTO account_lock (account_id, ground, placed_at, placed_by) VALUES ($1, $2, $3, 'test')`, [
      id,
      ground,
      clock.now(),
    ]);
  return id;
}

/** The page's tables as rows of cells. */
async function tablesFor(role: Parameters<typeof officerOf>[0]): Promise<{ body: string; rows: string[][] }> {
  const browser = await world.signIn(officerOf(role));
  const { body } = await browser.get('/console?lang=en');
  const rows = [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => cell!),
  );
  return { body, rows };
}

beforeEach(async () => {
  await cache.flushdb();
});

test('with nothing there the page says so, and draws nothing', async () => {
  const { body } = await tablesFor('auditor');
  expect(body).toContain('There are no accounts yet.');
  expect(body).toContain('No account was activated');
  expect(body).toContain('Nobody signed in');
  expect(body).toContain('it has not answered yet');
  expect(body).not.toContain('class="chart"');
});

test('accounts by state and level, those with any lock open once; activations a day; sign-ins and failures an hour', async () => {
  const subject = await account('active', '02', { office: 'cau-giay' });
  await account('active', '02', { office: 'ben-thanh', locked: true });
  await account('granted', '02', { office: 'cau-giay' });
  await account('active', null);
  const activated: AuditEvent = { kind: 'account.moved', subject, data: { change: 'activate', state: 'active' } };
  const opened: AuditEvent = { kind: 'account.opened', subject: randomUUID() as SubjectId, data: { state: 'active' } };
  await happened([activated, opened, { ...opened, data: { state: 'granted' } }], 60);
  await happened([{ ...activated, data: { change: 'end', state: 'ended' } }], 60);
  await happened([activated], 13 * 24 * HOUR);
  await happened([activated], 15 * 24 * HOUR);
  const signedIn: AuditEvent = { kind: 'sign_in.completed', subject };
  await happened([signedIn, signedIn, { kind: 'password.rejected' }, { kind: 'password.accepted' }], 2 * HOUR);
  await happened([signedIn, { kind: 'officer.sign_in_rejected' }], 25 * HOUR);

  const { body, rows } = await tablesFor('auditor');
  expect(rows).toEqual(
    expect.arrayContaining([
      ['Active, level 2', '2', '1'],
      ['Granted, waits for activation, level 2', '1', '0'],
      ['Active, organisation', '1', '0'],
      ['2 November 2026', '2'],
      ['20 October 2026', '1'],
      ['08:00, 2 November 2026', '2', '1'],
    ]),
  );
  expect(rows.filter(([, count]) => count !== '0')).toHaveLength(6 + 3);
  expect(body).toContain('class="chart"');
  expect(body).not.toContain(subject);
});

test('a counter officer sees their own office, an approver all below, and neither the sign-ins of the country', async () => {
  const counter = await tablesFor('counter_officer');
  const approver = await tablesFor('approver');
  for (const { body } of [counter, approver]) {
    expect(body).toContain('Figures of the office');
    expect(body).not.toContain('Sign-ins each hour');
  }
  const active = ({ rows }: typeof counter) => rows.find(([name]) => name === 'Active, level 2');
  expect(active(counter)).toEqual(['Active, level 2', '1', '0']);
  expect(active(approver)).toEqual(['Active, level 2', '1', '0']);
  expect(counter.rows).toContainEqual(['2 November 2026', '1']);
});

test('figures are counted once a minute, and say when', async () => {
  const first = await tablesFor('help_desk');
  await account('ended', '01');
  const second = await tablesFor('help_desk');
  expect(second.rows).toEqual(first.rows);
  await cache.flushdb();
  const third = await tablesFor('help_desk');
  expect(third.rows).toContainEqual(['Ended, level 1', '1', '0']);
  expect(third.body).toContain('Counted at 10:00 on 2 November 2026.');
});

test('applications of organisations by due time, for those who see them; what has not all consents is not counted', async () => {
  const applicant = await account('active', '02');
  const DAY = 24 * HOUR;
  for (const [index, [state, verified, daysAgo]] of (
    [
      ['submitted', true, 10],
      ['received', false, 10],
      ['submitted', false, 14.5],
      ['awaiting_consent', true, 30],
      ['refused', true, 30],
    ] as const
  ).entries()) {
    const id = randomUUID();
    const detail = JSON.stringify({ organisation: { name: 'Hợp tác xã' }, verified, applicantName: 'An' });
    await db.query(
      `INSERT INTO organisation_application
         (application_id, state, tax_version, tax_hash, applicant_id, detail, made_at, submitted_at)
       VALUES ($1, $2, 1, $3, $4, $5, $6, CASE WHEN $2 = 'awaiting_consent' THEN NULL ELSE $6::timestamptz END)`,
      [
        id,
        state,
        Buffer.from([index]),
        applicant,
        sealField(world.keyring, detail, `organisation-application:${id}`),
        before(daysAgo * DAY),
      ],
    );
  }
  const said = 'waiting: 3. Overdue: 1. Due within 24 hours: 1.';
  expect((await tablesFor('counter_officer')).body).toContain(said);
  expect((await tablesFor('help_desk')).body).not.toContain('waiting: 3');
});
