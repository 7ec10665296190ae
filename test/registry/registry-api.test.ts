import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  ChangesAnswer,
  DependantsAnswer,
  OrganisationAnswer,
  PersonAnswer,
  REGISTRY_PATHS,
} from '../../src/registry/registry-wire.ts';
import { startRegistryProcess } from '../support/start-registry-process.ts';
import { described, description } from './registry-description.ts';

const People = z.object({
  known: z
    .array(
      z.object({ national_id: z.string(), full_name: z.string(), birth_date: z.string(), card_issued_on: z.string() }),
    )
    .min(1),
  unknown: z.string(),
});
type Json = Record<string, unknown>;

interface Implementation {
  readonly url: string;
  readonly token: string;
  readonly people: z.infer<typeof People>;
  stop(): Promise<void>;
}

/** The implementation at REGISTRY_CONTRACT_URL, or the sandbox's own with something happened in it. */
async function openImplementation(): Promise<Implementation> {
  const { REGISTRY_CONTRACT_URL: url, REGISTRY_CONTRACT_TOKEN: token, REGISTRY_CONTRACT_PEOPLE: file } = process.env;
  if (url !== undefined) {
    const people = People.parse(JSON.parse(readFileSync(file ?? 'people.json', 'utf8')));
    return { url: url.replace(/\/$/, ''), token: token ?? '', people, stop: async () => undefined };
  }
  const own = await startRegistryProcess({ REGISTRY_PEOPLE: '1000' });
  const who = '022070000017';
  const address = { detail: 'Số 5', ward: 'Phường Cửa Nam', province: 'Thành phố Hà Nội' };
  for (const happening of [
    { kind: 'card_withdrawn', national_id: who, held: true },
    { kind: 'card_issued', national_id: who },
    { kind: 'card_expired', national_id: who },
    { kind: 'name_corrected', national_id: who, full_name: 'Mai Đức Thắng Lợi' },
    { kind: 'birth_date_corrected', national_id: who, birth_date: '1970' },
    { kind: 'residence_changed', national_id: who, address },
    { kind: 'guardian_changed', national_id: '048316000006', guardian: null },
    { kind: 'number_reestablished', national_id: '066204000014' },
    { kind: 'death', national_id: who },
    { kind: 'organisation_changed', tax_number: '9900000011', name: 'Gốm Sông Hồng' },
    { kind: 'organisation_dissolved', tax_number: '9900000011' },
    { kind: 'organisation_restored', tax_number: '9900000011' },
  ]) {
    expect((await own.call('/sandbox/happenings', happening)).status).toBe(200);
  }
  const hoa = { national_id: '048192000003', full_name: 'Lê Thuý Hoà', birth_date: '1992-02-29' };
  const people = { known: [{ ...hoa, card_issued_on: '2021-04-20' }], unknown: '999999999999' };
  return { url: own.baseUrl, token: own.token, people, stop: () => own.stop() };
}

const tested = await openImplementation();
afterAll(() => tested.stop());

async function ask(path: string, body: unknown, init: { token?: string; method?: string } = {}) {
  const { token = tested.token, method = 'POST' } = init;
  const answer = await fetch(`${tested.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    body: (await answer.json().catch(() => undefined)) as Json,
  };
}
async function changes(body: Json): Promise<Json[]> {
  const { status, body: answer } = await ask(REGISTRY_PATHS.changes, body);
  expect(status).toBe(200);
  return answer['changes'] as Json[];
}
const cursorsOf = (list: readonly Json[]) => list.map(({ cursor }) => String(cursor));

describe('the implementation answers as described', () => {
  test('a person on record, with what is known of them', async () => {
    for (const known of tested.people.known) {
      const { status, type, body } = await ask(REGISTRY_PATHS.findPerson, { national_id: known.national_id });
      expect([status, type]).toEqual([200, expect.stringMatching(/^application\/json/)]);
      described('PersonAnswer').parse(body);
      PersonAnswer.parse(body);
      const { national_id, full_name, birth_date, card_issued_on } = known;
      expect(body).toMatchObject({
        person: { national_id, full_name, birth_date, card: { issued_on: card_issued_on } },
      });
    }
  });

  test('nobody is null, not a 404', async () => {
    const answer = await ask(REGISTRY_PATHS.findPerson, { national_id: tested.people.unknown });
    expect(answer).toMatchObject({ status: 200, body: { person: null } });
  });

  test('whom a guardian has in care; of nobody the list is empty', async () => {
    for (const { national_id } of tested.people.known) {
      const { status, body } = await ask(REGISTRY_PATHS.findDependants, { guardian: national_id });
      expect(status).toBe(200);
      described('DependantsAnswer').parse(body);
      expect(DependantsAnswer.parse(body).persons.every((one) => one.guardian?.reveal() === national_id)).toBe(true);
    }
    const answer = await ask(REGISTRY_PATHS.findDependants, { guardian: tested.people.unknown });
    expect(answer).toMatchObject({ status: 200, body: { persons: [] } });
  });

  test('the feed from its start, page by page, without a gap', async () => {
    const all = await changes({ limit: 1000 });
    expect(all.length).toBeGreaterThan(1);
    described('ChangesAnswer').parse({ changes: all });
    ChangesAnswer.parse({ changes: all });
    expect(new Set(cursorsOf(all)).size).toBe(all.length);
    const wanted = cursorsOf(all.slice(0, 50));
    const heard = new Set<string>();
    for (let after: string | undefined, i = 0; i < wanted.length; i += 1) {
      const page = await changes({ limit: 1, ...(after !== undefined && { after }) });
      expect(page.length).toBeLessThanOrEqual(1);
      after = cursorsOf(page)[0];
      if (after !== undefined) heard.add(after);
    }
    expect([...heard]).toEqual(wanted);
  });

  test('one person’s changes are in order, and what was asked twice is answered twice', async () => {
    const all = await changes({ limit: 1000 });
    const byPerson = Map.groupBy(all, ({ national_id, organisation }) =>
      String(national_id ?? (organisation as Json)['tax_number']),
    );
    for (const own of byPerson.values()) {
      const moments = own.map(({ occurred_at }) => Date.parse(String(occurred_at)));
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    }
    expect(cursorsOf(await changes({ limit: 1000 })).slice(0, all.length)).toEqual(cursorsOf(all));
  });

  test('after the last change there is nothing, or what came meanwhile', async () => {
    const all = await changes({ limit: 1000 });
    const next = await changes({ after: String(all.at(-1)?.['cursor']), limit: 1000 });
    described('ChangesAnswer').parse({ changes: next });
  });

  test.each<[string, string, unknown, object, number]>([
    ['no token', REGISTRY_PATHS.findPerson, { national_id: '048192000003' }, { token: '' }, 401],
    ['a wrong token', REGISTRY_PATHS.changes, {}, { token: 'not-the-token-at-all' }, 401],
    ['no number', REGISTRY_PATHS.findPerson, {}, {}, 400],
    ['a number of 11 digits', REGISTRY_PATHS.findPerson, { national_id: '04819200000' }, {}, 400],
    ['a number with blanks', REGISTRY_PATHS.findPerson, { national_id: '048 192 000 003' }, {}, 400],
    ['a field too many', REGISTRY_PATHS.findPerson, { national_id: '048192000003', phone: '1' }, {}, 400],
    ['a tax number of 9 digits', REGISTRY_PATHS.findOrganisation, { tax_number: '990000001' }, {}, 400],
    ['no guardian', REGISTRY_PATHS.findDependants, {}, {}, 400],
    ['no JSON', REGISTRY_PATHS.findPerson, '{', {}, 400],
    ['a limit of 0', REGISTRY_PATHS.changes, { limit: 0 }, {}, 400],
    ['a limit over 1000', REGISTRY_PATHS.changes, { limit: 1001 }, {}, 400],
    ['a cursor never given', REGISTRY_PATHS.changes, { after: 'no such cursor' }, {}, 400],
  ])('%s is refused with its status and a code word', async (_, path, body, init, status) => {
    const answer = await ask(path, body, init);
    expect(answer.status).toBe(status);
    described('Refusal').parse(answer.body);
    expect(Object.keys(description.paths[path]!['post']!.responses)).toContain(String(status));
  });
});

describe('the description says what the program reads', () => {
  const person = {
    national_id: '048192000003',
    full_name: 'Lê Thuý Hoà',
    birth_date: '1992-02-29',
    gender: 'female',
    nationality: 'Việt Nam',
    address: { detail: '', ward: 'Phường Một', province: 'Đà Nẵng' },
    card: { status: 'valid', issued_on: '2021-04-20', expires_on: '2032-02-29' },
    phone: '+84912345678',
    guardian: '001190000001',
    ward: true,
  };
  const change = {
    cursor: '1',
    occurred_at: '2026-01-02T03:04:05Z',
    kind: 'death',
    national_id: '048192000003',
    person,
  };
  const renewed = { ...change, kind: 'number_reestablished', new_national_id: '048192000099' };

  const organisation = {
    tax_number: '9900000011-001',
    name: 'Gốm Sông Hồng',
    head_office: 'Bát Tràng',
    founded_on: '2011-04-18',
    state: 'active',
    verified: true,
    representatives: ['048192000003'],
  };
  test.each<[string, unknown, boolean]>([
    ['all of it', organisation, true],
    ['none', null, true],
    ['nobody on record', { ...organisation, representatives: [] }, true],
    ['a tax number in another writing', { ...organisation, tax_number: '9900000011001' }, false],
    ['no state', { ...organisation, state: undefined }, false],
    ['a null short name', { ...organisation, short_name: null }, false],
  ])('an organisation with %s', (_, value, isGood) => {
    const body = JSON.parse(JSON.stringify({ organisation: value })) as unknown;
    const both = [described('OrganisationAnswer'), OrganisationAnswer].map((check) => check.safeParse(body).success);
    expect(both).toEqual([isGood, isGood]);
  });

  test('the operations and their addresses', () => {
    expect(Object.keys(description.paths).sort()).toEqual(Object.values(REGISTRY_PATHS).sort());
    for (const path of Object.values(description.paths)) expect(Object.keys(path)).toEqual(['post']);
  });

  test.each<[string, unknown, boolean]>([
    ['all of it', person, true],
    ['nobody', null, true],
    ['more than is read', { ...person, blood_group: 'O' }, true],
    ['the year of birth alone', { ...person, birth_date: '1992' }, true],
    ['no card', { ...person, card: { status: 'none' } }, true],
    ['a birth date in another writing', { ...person, birth_date: '29/02/1992' }, false],
    ['a day that does not exist', { ...person, deceased_on: '2026-02-30' }, false],
    ['a null for what is not on record', { ...person, guardian: null }, false],
    ['no name', { ...person, full_name: '' }, false],
    ['no gender', { ...person, gender: undefined }, false],
    ['an unknown card state', { ...person, card: { status: 'lost' } }, false],
    ['a phone with its 0', { ...person, phone: '0912345678' }, false],
    ['a number of 9 digits', { ...person, national_id: '123456789' }, false],
    ['an address without a ward', { ...person, address: { detail: '1', province: 'Đà Nẵng' } }, false],
  ])('a person with %s', (_, value, isGood) => {
    const body = JSON.parse(JSON.stringify({ person: value })) as unknown;
    expect([described('PersonAnswer').safeParse(body).success, PersonAnswer.safeParse(body).success]).toEqual([
      isGood,
      isGood,
    ]);
  });

  test.each<[string, unknown, boolean]>([
    ['as described', change, true],
    ['in another time zone', { ...change, occurred_at: '2026-01-02T10:04:05+07:00' }, true],
    ['a new number', renewed, true],
    ['a new number that is not there', { ...renewed, new_national_id: undefined }, false],
    ['a new number with another kind', { ...change, new_national_id: '048192000099' }, false],
    ['an unknown kind', { ...change, kind: 'birth' }, false],
    ['of an organisation', { ...change, kind: 'organisation_changed', organisation }, true],
    ['of an organisation without its record', { ...change, kind: 'organisation_changed' }, false],
    ['without a cursor', { ...change, cursor: '' }, false],
    ['without a time zone', { ...change, occurred_at: '2026-01-02T03:04:05' }, false],
    ['about nobody', { ...change, person: null }, false],
  ])('a change %s', (_, value, isGood) => {
    const body = JSON.parse(JSON.stringify({ changes: [value] })) as unknown;
    expect([described('ChangesAnswer').safeParse(body).success, ChangesAnswer.safeParse(body).success]).toEqual([
      isGood,
      isGood,
    ]);
  });
});
