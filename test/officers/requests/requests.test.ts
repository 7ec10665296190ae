import { beforeEach, describe, expect, test } from '@jest/globals';
import { findAccount } from '../../../src/accounts/find-account.ts';
import { listOpenLocks } from '../../../src/accounts/list-open-locks.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import { openAccount } from '../../../src/accounts/open-account.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import type { Officer, OfficeId, OfficerId } from '../../../src/officers/officer.ts';
import type { RequestId } from '../../../src/officers/requests/authority-request.ts';
import { decideRequest } from '../../../src/officers/requests/decide-request.ts';
import { receiveRequest } from '../../../src/officers/requests/receive-request.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { officerOf, startConsole } from '../console.ts';

const world = await startConsole();
const { db, clock, keyring, signIn } = world;
const deps = { db, clock, keyring };
const counter = officerOf('counter_officer');
const approver = officerOf('approver');

let next = 1;
async function someone(): Promise<{ subject: SubjectId; page: string }> {
  const tail = String(next++).padStart(4, '0');
  const numbers = { nationalId: `07919000${tail}`, phone: `+8491200${tail}` };
  const named = { fullName: 'Trần Thị Bưởi', birthDate: '1990-01-02', gender: 'female', nationality: 'VNM' } as const;
  const person = {
    kind: 'citizen',
    stage: { state: 'active', level: '02' },
    personal: { ...numbers, ...named },
  } as const;
  const opened = await inTransaction(db, (sql) => openAccount(deps, sql, person, clock.now()));
  if (opened.kind !== 'opened') throw new Error('taken');
  return { subject: opened.subject, page: `/console/people/${opened.subject}` };
}
const groundsOf = async (subject: SubjectId) => (await findAccount(deps, subject))?.grounds;
const LETTER = {
  asks: 'lock',
  authority: 'Cơ quan điều tra tỉnh',
  document: '125/CAT-CSHS',
  arrived_on: '2026-11-02',
} as const;
const asOfficer = (one: { officerId: string; officeId?: string; role: string }): Officer => ({
  officerId: one.officerId as OfficerId,
  role: one.role as Officer['role'],
  officeId: 'cau-giay' as OfficeId,
  name: 'x',
  authTimeSeconds: 0,
});

/** A letter received by the counter. */
async function received(subject: SubjectId, asks: 'lock' | 'unlock' = 'lock', lifts?: RequestId) {
  const letter = {
    asks,
    ...(lifts && { lifts }),
    authority: LETTER.authority,
    document: LETTER.document,
    arrivedOn: '2026-11-02',
  };
  const requestId = await receiveRequest(deps, asOfficer(counter), subject, letter);
  return { requestId, page: `/console/requests/${requestId}` };
}
const kinds = async (subject: SubjectId) => {
  const { rows } = await db.query<{ kind: string }>('SELECT kind FROM audit_event WHERE account_id = $1', [subject]);
  return rows.map(({ kind }) => kind);
};

beforeEach(async () => {
  await world.cache.flushdb();
});

test('one officer receives, nothing happens to the account; another grants, and it is locked on that document', async () => {
  const { subject, page } = await someone();
  const browser = await signIn(counter);
  await browser.get(page);
  await browser.post(page, { reason: 'authority_request', document: LETTER.document });
  expect((await browser.get(`${page}/request`)).step).toBe('console-request-receive');
  expect((await browser.post(`${page}/request`, LETTER)).location).toBe(`${page}?done=received`);
  expect(await groundsOf(subject)).toEqual([]);

  const other = await signIn(approver);
  const { body } = await other.get('/console/requests');
  const address = /\/console\/requests\/[0-9a-f-]{36}/.exec(body)?.[0] ?? '';
  expect((await other.get(address)).step).toBe('console-request');
  expect((await other.post(address, { decision: 'grant', reason: '' })).location).toBe(address);
  expect(await listOpenLocks(deps, subject)).toMatchObject([
    { ground: 'authority_request', placedBy: `officer:${approver.officerId}`, document: LETTER.document },
  ]);
  expect(await kinds(subject)).toEqual(
    expect.arrayContaining(['authority_request.received', 'authority_request.granted', 'person.looked_at']),
  );
});

test('due two working days after it was received', async () => {
  const { subject } = await someone();
  const { requestId } = await received(subject); // Monday 2 November 2026
  const { rows } = await db.query('SELECT due_at FROM authority_request WHERE request_id = $1', [requestId]);
  expect(rows[0].due_at).toEqual(new Date('2026-11-04T16:59:59Z'));
});

describe('nobody decides alone', () => {
  test('not what they received themselves, whatever their role became', async () => {
    const { subject } = await someone();
    const { requestId } = await received(subject);
    const promoted = asOfficer({ ...counter, role: 'approver' });
    expect((await decideRequest(deps, promoted, requestId, { kind: 'grant' })).kind).toBe('own_request');
    expect(await groundsOf(subject)).toEqual([]);
    expect(await kinds(subject)).toContain('authority_request.decision_blocked');
    const byHand = db.query(
      `UPDATE authority_request SET decision = 'granted', decided_at = now(), decided_by = received_by WHERE request_id = $1`,
      [requestId],
    );
    await expect(byHand).rejects.toThrow('authority_request_decided_by_another');
  });

  test('not the counter, and not twice', async () => {
    const { subject } = await someone();
    const { page, requestId } = await received(subject);
    const browser = await signIn(officerOf('counter_officer', 1));
    await browser.get(page);
    expect((await browser.post(page, { decision: 'grant', reason: '' })).status).toBe(403);
    const decide = () => decideRequest(deps, asOfficer(approver), requestId, { kind: 'grant' });
    const outcomes = await Promise.all(Array.from({ length: 10 }, decide));
    expect(outcomes.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
  });
});

test('a refusal needs its reason, which is kept sealed and shown for the letter; the holder is told', async () => {
  const { subject } = await someone();
  const { page } = await received(subject);
  const browser = await signIn(approver);
  await browser.get(page);
  expect((await browser.post(page, { decision: 'refuse', reason: ' ' })).status).toBe(422);
  expect((await browser.post(page, { decision: 'maybe', reason: 'x' })).status).toBe(400);
  expect((await browser.post(page, { decision: 'refuse', reason: 'Văn bản thiếu chữ ký' })).location).toBe(page);
  expect((await browser.get(page)).body).toContain('Văn bản thiếu chữ ký');
  expect(await groundsOf(subject)).toEqual([]);
  const { rows } = await db.query('SELECT detail FROM authority_request');
  expect(rows.map(({ detail }) => String(detail)).join()).not.toContain('chữ ký');
  const jobs = await db.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'tell_of_refusal'`);
  expect(jobs.rowCount).toBe(1);
});

test('two bodies ask for a lock each: each ends its own alone, and the account opens when none is left', async () => {
  const { subject, page } = await someone();
  const grant = async (id: RequestId) => (await decideRequest(deps, asOfficer(approver), id, { kind: 'grant' })).kind;
  const { requestId: aimless } = await received(subject, 'unlock');
  expect(await grant(aimless)).toBe('not_possible');
  const { requestId: first } = await received(subject);
  const { requestId: second } = await received(subject);
  expect([await grant(first), await grant(second)]).toEqual(['granted', 'granted']);
  await lockAccount(deps, subject, { ground: 'self_request', actor: 'holder' });
  expect(await groundsOf(subject)).toEqual(['authority_request', 'authority_request', 'self_request']);

  // the record names both bodies; at the counter a letter that asks for an unlock must say whose lock
  const browser = await signIn(counter);
  await browser.get(page);
  await browser.post(page, { reason: 'authority_request', document: LETTER.document });
  const unlock = { ...LETTER, asks: 'unlock', document: '9/TB' };
  expect((await browser.get(page)).body).toContain(LETTER.authority);
  expect((await browser.get(`${page}/request`)).body).toContain(second);
  expect((await browser.post(`${page}/request`, unlock)).status).toBe(422);
  expect((await browser.post(`${page}/request`, { ...unlock, lifts: second })).status).toBe(303);
  const { rows } = await db.query<{ request_id: RequestId }>(
    'SELECT request_id FROM authority_request WHERE lifts = $1',
    [second],
  );
  const lifting = rows[0]!.request_id;
  expect(await grant(lifting)).toBe('granted');
  expect(await listOpenLocks(deps, subject)).toMatchObject([{ entry: first }, { ground: 'self_request' }]);
  const again = await received(subject, 'unlock', second);
  expect(await grant(again.requestId)).toBe('not_possible');
  expect(await grant((await received(subject, 'unlock', first)).requestId)).toBe('granted');
  expect(await groundsOf(subject)).toEqual(['self_request']);
});

test.each([
  { asks: 'delete' },
  { authority: '' },
  { authority: '<script>' },
  { document: '' },
  { document: '079203001234' },
  { arrived_on: '2026-11-03' },
  { arrived_on: '2026-02-30' },
  { arrived_on: '2020-01-01' },
])('a letter with %j is not received', async (wrong) => {
  const { page } = await someone();
  const browser = await signIn(counter);
  await browser.get(page);
  await browser.post(page, { reason: 'authority_request', document: LETTER.document });
  await browser.get(`${page}/request`);
  expect((await browser.post(`${page}/request`, { ...LETTER, ...wrong })).status).toBe(422);
});
