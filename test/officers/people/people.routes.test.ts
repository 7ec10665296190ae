import { beforeEach, describe, expect, test } from '@jest/globals';
import { findAccount } from '../../../src/accounts/find-account.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import { openAccount } from '../../../src/accounts/open-account.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { listAccountEvents } from '../../../src/audit/list-account-events.ts';
import { historyDays } from '../../../src/self-service/history.ts';
import { officerOf, startConsole } from '../console.ts';

const world = await startConsole();
const { db, clock, keyring, events, signIn } = world;
const deps = { db, clock, keyring };
const counter = officerOf('counter_officer');
const helpDesk = officerOf('help_desk');

let next = 1;
async function someone() {
  const tail = String(next++).padStart(4, '0');
  const numbers = { nationalId: `07919000${tail}`, phone: `+8491200${tail}` };
  const named = { fullName: 'Trần Thị Bưởi', birthDate: '1990-01-02', gender: 'female', nationality: 'VNM' } as const;
  const stage = { state: 'active', level: '02' } as const;
  const personal = { ...numbers, ...named };
  const opened = await inTransaction(db, (sql) =>
    openAccount(deps, sql, { kind: 'citizen', stage, personal }, clock.now()),
  );
  if (opened.kind !== 'opened') throw new Error('taken');
  return { subject: opened.subject, ...numbers, page: `/console/people/${opened.subject}` };
}
const groundsOf = async (subject: SubjectId) => (await findAccount(deps, subject))?.grounds;
type Browser = Awaited<ReturnType<typeof signIn>>;
const look = async (browser: Browser, page: string, reason = 'holder_at_counter', document = '') => {
  await browser.get(page);
  return browser.post(page, { reason, document });
};

beforeEach(async () => {
  clock.passSeconds(60 * 60);
  await world.cache.flushdb();
});

describe('searching', () => {
  test.each(['national_id', 'phone'] as const)('by %s finds the one, showing little', async (by) => {
    const person = await someone();
    const browser = await signIn(counter);
    await browser.get('/console/people');
    const value = by === 'phone' ? person.phone : person.nationalId;
    const { status, body } = await browser.post('/console/people', { by, value });
    expect(status).toBe(200);
    expect(body).toContain(person.page);
    expect(body).toContain('T. T. Bưởi');
    for (const hidden of ['Trần Thị', person.nationalId, person.phone, person.phone.replace('+84', '0')]) {
      expect(body).not.toContain(hidden);
    }
    expect((await events('person.searched')).at(-1)).toMatchObject({
      actor: `officer:${counter.officerId}`,
      data: { by, found: 1 },
    });
    expect(JSON.stringify(await events('person.searched'))).not.toMatch(/07919|9120/);
  });

  test.each([
    ['national_id', '0791900'],
    ['national_id', '%'],
    ['national_id', ''],
    ['phone', '0912'],
    ['case', '%'],
    ['document', '%'],
    ['document', "' OR 1=1 --"],
    ['document', 'TK'],
  ])('not by a part, a pattern or nothing: %s %j', async (by, value) => {
    await someone();
    const browser = await signIn(counter);
    await browser.get('/console/people');
    const { status, body } = await browser.post('/console/people', { by, value });
    expect(status).toBe(422);
    expect(body).not.toContain('/console/people/');
  });

  test('by a case that has no account yet finds nobody', async () => {
    const browser = await signIn(counter);
    await browser.get('/console/people');
    const { status, body } = await browser.post('/console/people', { by: 'case', value: 'HS 000 001' });
    expect([status, body.includes('/console/people/')]).toEqual([200, false]);
  });

  test('not by name, and not by a way that is none', async () => {
    const browser = await signIn(counter);
    await browser.get('/console/people');
    expect((await browser.post('/console/people', { by: 'name', value: 'Bưởi' })).status).toBe(400);
  });

  test('by a form finds whose locks rest on it, five at most', async () => {
    const document = `TK03-2026/${next}`;
    for (let count = 0; count < 7; count += 1) {
      const { subject } = await someone();
      await lockAccount(deps, subject, { ground: 'self_request', actor: 'test', document });
    }
    const browser = await signIn(helpDesk);
    await browser.get('/console/people');
    const { body } = await browser.post('/console/people', { by: 'document', value: document });
    expect(body.match(/href="\/console\/people\/[0-9a-f-]{36}"/g)).toHaveLength(5);
  });

  test('guessing numbers raises an alarm, and ends for the hour', async () => {
    const browser = await signIn(counter);
    await browser.get('/console/people');
    const statuses = [];
    for (let guess = 0; guess < 62; guess += 1) {
      const value = `0799990${String(guess).padStart(5, '0')}`;
      statuses.push((await browser.post('/console/people', { by: 'national_id', value })).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
    const alarms = (await events('officer.search_unusual')).map(({ data }) => data['why']);
    expect(alarms).toEqual(['many_misses', 'many_searches']);
    // another browser of the same officer is the same officer; another officer goes on
    const again = await signIn(counter);
    await again.get('/console/people');
    expect((await again.post('/console/people', { by: 'phone', value: '0912345678' })).status).toBe(429);
    const other = await signIn(helpDesk);
    await other.get('/console/people');
    expect((await other.post('/console/people', { by: 'phone', value: '0912345678' })).status).toBe(200);
  });
});

describe('looking at a record', () => {
  test('without a reason shows nothing of it', async () => {
    const person = await someone();
    const browser = await signIn(counter);
    const asked = await browser.get(person.page);
    expect(asked.step).toBe('console-person-reason');
    expect(asked.body).not.toContain('Bưởi');
    for (const [reason, document] of [
      ['', ''],
      ['curiosity', ''],
      ['case', ''],
      ['case', person.nationalId],
    ]) {
      const refused = await browser.post(person.page, { reason: reason!, document: document! });
      expect([reason, refused.status]).toEqual([reason, 422]);
      expect(refused.body).not.toContain('Bưởi');
    }
    for (const path of ['lock', 'unlock', 'number']) {
      const answer = await browser.get(`${person.page}/${path}`);
      expect([path, answer.status, answer.location]).toEqual([path, 303, person.page]);
    }
    await browser.get(person.page);
    expect((await browser.post(`${person.page}/number`)).location).toBe(person.page);
    expect((await browser.post(`${person.page}/lock`, { told: 'by_phone', document: '' })).location).toBe(person.page);
    expect(await groundsOf(person.subject)).toEqual([]);
    const { rows } = await db.query(`SELECT 1 FROM audit_event WHERE kind = 'person.looked_at' AND account_id = $1`, [
      person.subject,
    ]);
    expect(rows).toEqual([]);
  });

  test('with one is audited once, masks the number, and is told to the person', async () => {
    const person = await someone();
    const browser = await signIn(counter);
    expect((await look(browser, person.page, 'case', 'HS-2026/12')).location).toBe(person.page);
    for (let looks = 0; looks < 3; looks += 1) {
      const { step, body } = await browser.get(person.page);
      expect(step).toBe('console-person');
      expect(body).toContain('Trần Thị Bưởi');
      expect(body).not.toContain(person.nationalId);
      expect(body.replaceAll(/\s| /g, '')).not.toContain(person.nationalId);
    }
    const seen = await listAccountEvents({ db }, person.subject, { kinds: ['person.looked_at'], limit: 10 });
    expect(seen).toHaveLength(1);
    const [day] = historyDays(seen, () => undefined);
    expect(day?.entries[0]).toMatchObject({ event: 'person_looked_at', reason: 'case', document: 'HS-2026/12' });
    expect(day?.entries[0]?.office?.vi).toContain('Cầu Giấy');
  });

  test('opens for a quarter of an hour, for this officer alone', async () => {
    const person = await someone();
    const browser = await signIn(counter);
    await look(browser, person.page);
    const other = await signIn(officerOf('counter_officer', 1));
    expect((await other.get(person.page)).step).toBe('console-person-reason');
    await world.cache.del(`officer-look:${counter.officerId}:${person.subject}`); // what its time does
    expect((await browser.get(person.page)).step).toBe('console-person-reason');
  });

  test('the whole number on request, each time audited, and not for the help desk', async () => {
    const person = await someone();
    const browser = await signIn(counter);
    await look(browser, person.page);
    const { body } = await browser.post(`${person.page}/number`);
    expect(body.replaceAll(/ |\s/g, '')).toContain(person.nationalId);
    expect((await events('person.number_shown')).at(-1)?.actor).toBe(`officer:${counter.officerId}`);
    const helper = await signIn(helpDesk);
    await look(helper, person.page, 'holder_calls');
    expect((await helper.get(person.page)).body).not.toContain('/number');
    expect((await helper.post(`${person.page}/number`)).status).toBe(403);
  });

  test.each(['x', '00000000-0000-0000-0000-000000000000', "'"])('of nobody: %s', async (id) => {
    const browser = await signIn(counter);
    expect((await browser.get(`/console/people/${encodeURIComponent(id)}`)).status).toBe(404);
  });
});

describe('locking as the holder asks', () => {
  test('the help desk does it on the telephone, at once', async () => {
    const person = await someone();
    const browser = await signIn(helpDesk);
    await look(browser, person.page, 'holder_calls');
    expect((await browser.get(`${person.page}/lock`)).step).toBe('console-person-lock');
    const answer = await browser.post(`${person.page}/lock`, { told: 'by_phone', document: '' });
    expect(answer.location).toBe(`${person.page}?done=locked`);
    expect(await groundsOf(person.subject)).toEqual(['self_request']);
    expect((await browser.get(`${person.page}/unlock`)).status).toBe(403);
  });

  test('the counter only with the form', async () => {
    const person = await someone();
    const browser = await signIn(counter);
    await look(browser, person.page);
    await browser.get(`${person.page}/lock`);
    expect((await browser.post(`${person.page}/lock`, { told: 'in_person', document: '' })).status).toBe(422);
    expect((await browser.post(`${person.page}/lock`, { told: '', document: 'TK03/1' })).status).toBe(422);
    expect((await browser.post(`${person.page}/lock`, { told: 'by_phone', document: person.phone })).status).toBe(422);
    expect(await groundsOf(person.subject)).toEqual([]);
    await browser.post(`${person.page}/lock`, { told: 'in_person', document: 'TK03-2026/77' });
    expect((await browser.get(person.page)).body).toContain('TK03-2026/77');
  });
});

describe('unlocking at the counter', () => {
  const checked = { ground: 'self_request', document: 'TK03-2026/80', face_match: 'FM-0001', card_seen: 'on' };

  test('with evidence, kept sealed with the account', async () => {
    const person = await someone();
    await lockAccount(deps, person.subject, { ground: 'self_request', actor: 'holder' });
    const browser = await signIn(counter);
    await look(browser, person.page);
    expect((await browser.get(`${person.page}/unlock`)).step).toBe('console-person-unlock');
    for (const [name, value] of Object.entries({ document: '', face_match: '', card_seen: '', ground: '' })) {
      expect([name, (await browser.post(`${person.page}/unlock`, { ...checked, [name]: value })).status]).toEqual([
        name,
        422,
      ]);
    }
    expect(await groundsOf(person.subject)).toEqual(['self_request']);
    const answer = await browser.post(`${person.page}/unlock`, checked);
    expect(answer.location).toBe(`${person.page}?done=unlocked`);
    expect(await groundsOf(person.subject)).toEqual([]);
    const { rows } = await db.query('SELECT kind, recorded_by, detail FROM account_evidence WHERE account_id = $1', [
      person.subject,
    ]);
    expect(rows).toEqual([{ kind: 'counter_unlock', recorded_by: counter.officerId, detail: expect.any(Buffer) }]);
    expect(String(rows[0].detail)).not.toContain('FM-0001');
  });

  test.each(['authority_request', 'card_expired', 'death'] as const)(
    'not what does not end there: %s',
    async (ground) => {
      const person = await someone();
      await lockAccount(deps, person.subject, { ground, actor: 'test' });
      const browser = await signIn(counter);
      await look(browser, person.page);
      await browser.get(`${person.page}/unlock`);
      expect((await browser.post(`${person.page}/unlock`, { ...checked, ground })).status).toBe(409);
      expect(await groundsOf(person.subject)).toEqual([ground]);
    },
  );

  test('one ground leaves the other', async () => {
    const person = await someone();
    await lockAccount(deps, person.subject, { ground: 'self_request', actor: 'holder' });
    await lockAccount(deps, person.subject, { ground: 'authority_request', actor: 'test' });
    const browser = await signIn(counter);
    await look(browser, person.page);
    await browser.get(`${person.page}/unlock`);
    expect((await browser.post(`${person.page}/unlock`, checked)).location).toContain('done=still_locked');
    expect(await groundsOf(person.subject)).toEqual(['authority_request']);
  });

  test('not with a passkey shown more than five minutes ago', async () => {
    const person = await someone();
    await lockAccount(deps, person.subject, { ground: 'self_request', actor: 'holder' });
    const browser = await signIn(counter);
    await look(browser, person.page);
    await browser.get(`${person.page}/unlock`);
    clock.passSeconds(301);
    expect((await browser.post(`${person.page}/unlock`, checked)).location).toContain('/console/re-authenticate');
    expect(await groundsOf(person.subject)).toEqual(['self_request']);
  });
});

test.each(['auditor', 'portal_registrar', 'security_administrator'] as const)('%s sees nobody', async (role) => {
  const person = await someone();
  const browser = await signIn(officerOf(role));
  for (const path of ['/console/people', person.page, `${person.page}/lock`, `${person.page}/unlock`]) {
    expect([path, (await browser.get(path)).status]).toEqual([path, 403]);
  }
});
