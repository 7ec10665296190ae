import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { nameRepresentatives } from '../../src/accounts/organisations/name-representatives.ts';
import { openOrganisationAccount } from '../../src/accounts/organisations/open-organisation.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import { parseTaxNumber } from '../../src/registry/tax-number.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import { TEST_STAFF } from '../../src/sandbox/officers.ts';
import { startLogoutReceiver } from '../provider/support/logout-receiver.ts';
import type { Citizen } from '../support/citizen.ts';
import { openHouse } from '../support/house.ts';
import { installLeakNet } from '../support/leak-net.ts';
import type { Portal, Tokens } from '../support/portal.ts';
import { codesOf, type Resident } from '../support/resident.ts';
import { assertPasskey } from '../support/software-passkey.ts';

const house = await openHouse();
installLeakNet(house.leakNet);
const { deps } = house;
const CLAIMS = [
  { name: 'name', required: true },
  { name: 'organisation', required: false },
] as const;
const SCOPE = 'openid profile organisation offline_access';
const logouts = await startLogoutReceiver();
const business = await house.addPortal('kinh-doanh', {
  minimumAcr: 'LoA1',
  scope: SCOPE,
  claims: CLAIMS,
  logoutUri: logouts.uri,
});
const plain = await house.addPortal('thuong', { minimumAcr: 'LoA1', scope: SCOPE });
const numberOf = ({ nationalId }: Pick<Resident, 'nationalId'>) => parseNationalId(nationalId)!;

let organisations = 0;
/** An active organisation of these people. */
async function organisationOf(...people: Resident[]): Promise<{ subject: SubjectId; taxNumber: string }> {
  organisations += 1;
  const taxNumber = parseTaxNumber(`97000000${String(organisations).padStart(2, '0')}`)!;
  const organisation = {
    taxNumber,
    name: `Hợp tác xã Thử nghiệm ${organisations}`,
    headOffice: 'Thôn 1, xã Thử nghiệm',
    foundedOn: '2020-01-01',
    state: 'active',
    verified: true,
    representatives: people.map(numberOf),
  } as const;
  const stage = { state: 'active', level: undefined } as const;
  const opened = await inTransaction(deps.db, (sql) =>
    openOrganisationAccount(deps, sql, { organisation, stage, actor: 'test' }, deps.clock.now()),
  );
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  return { subject: opened.subject, taxNumber };
}

const asked = { prompt: 'consent' };

/** Signs in by passkey, up to the consent page or the way back. */
async function arrive(
  portal: Portal,
  resident: Resident,
  changes: Record<string, string> = {},
  browser = house.citizen(),
) {
  const request = await portal.request(changes);
  await browser.open(request.url);
  if (browser.step === 'identify') await browser.passkey(resident);
  return { browser, request };
}
const choose = (browser: Citizen, actingFor: string, ticked: Record<string, string> = {}) =>
  browser.submit('/consent', { decision: 'allow', acting_for: actingFor, ...ticked });

interface Acting {
  readonly resident: Resident;
  readonly organisation: { subject: SubjectId; taxNumber: string };
  readonly browser: Citizen;
  readonly tokens: Tokens;
}
async function act(): Promise<Acting> {
  const resident = await house.resident();
  const organisation = await organisationOf(resident);
  const { browser, request } = await arrive(business, resident, asked);
  const tokens = await business.tokens((await choose(browser, organisation.taxNumber)).url, request);
  return { resident, organisation, browser, tokens };
}

test('who acts for whom stands in userinfo, and single sign-on remembers the choice of this session alone', async () => {
  const { resident, organisation, browser, tokens } = await act();
  const { body } = await business.userinfo(tokens.accessToken);
  expect(body).toMatchObject({
    name: resident.fullName,
    organisation: { tax_number: organisation.taxNumber, role: 'legal_representative', name: expect.any(String) },
  });
  const told = body['organisation'] as { sub: string };
  expect([told.sub === body['sub'], told.sub.includes(organisation.subject)]).toEqual([false, false]);

  const again = await arrive(business, resident, {}, browser);
  const next = await business.tokens(again.browser.page.url, again.request);
  expect((await business.userinfo(next.accessToken)).body['organisation']).toEqual(told);

  // another browser of the same person is asked; and for oneself means that the portal hears nothing of it
  const other = await arrive(business, resident);
  expect(other.browser.step).toBe('consent');
  expect(other.browser.page.html).not.toMatch(/type="radio"[^>]*checked/);
  const own = await business.tokens((await choose(other.browser, 'self')).url, other.request);
  expect((await business.userinfo(own.accessToken)).body).not.toHaveProperty('organisation');
  expect((await business.userinfo(next.accessToken)).body).toHaveProperty('organisation');
});

test('a portal without the agreement never sees it, whatever it asks', async () => {
  const resident = await house.resident();
  await organisationOf(resident);
  const claims = JSON.stringify({ userinfo: { organisation: { essential: true } }, id_token: { organisation: null } });
  const refused = await arrive(plain, resident, asked);
  expect(refused.browser.page.url.searchParams.get('error')).toBe('invalid_scope');
  const { browser, request } = await arrive(plain, resident, { ...asked, scope: 'openid profile', claims });
  expect(browser.page.html).not.toContain('acting_for');
  const tokens = await plain.tokens((await choose(browser, '9700000001')).url, request);
  expect(tokens.claims).not.toHaveProperty('organisation');
  expect((await plain.userinfo(tokens.accessToken)).body).not.toHaveProperty('organisation');

  // one with the agreement that does not ask this time is not told either; by claims parameter alone it is
  const silent = await arrive(business, resident, { scope: 'openid profile' });
  const back =
    silent.browser.step === 'consent' ? (await silent.browser.consent('allow')).url : silent.browser.page.url;
  const quiet = await business.tokens(back, silent.request);
  expect((await business.userinfo(quiet.accessToken)).body).not.toHaveProperty('organisation');
  const named = await arrive(
    business,
    resident,
    { scope: 'openid', claims: JSON.stringify({ id_token: { organisation: null } }) },
    silent.browser,
  );
  expect(named.browser.page.html).toContain('acting_for');
});

test('nobody acts for what is not theirs: another tax number, none, level 01', async () => {
  const [resident, stranger, low] = [
    await house.resident(),
    await house.resident(),
    await house.resident({ level: '01', totp: false, passkey: false }),
  ];
  await organisationOf(resident, low);
  const theirs = await organisationOf(stranger);
  const { browser, request } = await arrive(business, resident, asked);
  for (const wrong of [theirs.taxNumber, theirs.subject, '', 'null']) {
    expect([wrong, (await choose(browser, wrong)).status]).toEqual([wrong, 400]);
  }
  const own = await business.tokens((await choose(browser, 'self')).url, request);
  expect((await business.userinfo(own.accessToken)).body).not.toHaveProperty('organisation');

  const visit = await business.request(asked);
  const citizen = house.citizen();
  await citizen.open(visit.url);
  await citizen.identify(low.nationalId);
  await citizen.password(low.password);
  if (citizen.step !== 'consent') await citizen.code(await house.smsCode(low.phone));
  expect([citizen.step, citizen.page.html.includes('acting_for')]).toEqual(['consent', false]);
});

const ENDS: Record<string, (held: Acting) => Promise<unknown>> = {
  'the representative was removed': ({ organisation }) =>
    inTransaction(deps.db, (sql) =>
      nameRepresentatives(sql, deps, organisation.subject, [], { at: deps.clock.now(), actor: 'registry' }),
    ),
  'the organisation was dissolved': ({ organisation }) =>
    lockAccount(deps, organisation.subject, { ground: 'dissolved', actor: 'registry' }),
};
test.each(Object.keys(ENDS))(
  '%s: code, refresh, userinfo, introspection and single sign-on refuse at once',
  async (why) => {
    const held = await act();
    const { browser, tokens, resident } = held;
    const late = await arrive(business, resident, {}, browser);
    const code = late.browser.page.url;
    expect(code.searchParams.has('code')).toBe(true);
    const pending = await arrive(business, resident, asked);
    expect(pending.browser.page.html).toContain(held.organisation.taxNumber);
    const told = logouts.tokens.length;
    await ENDS[why]!(held);
    expect((await business.redeem(code, late.request)).status).toBe(400);
    expect((await business.refresh(tokens.refreshToken!)).status).toBe(400);
    expect((await business.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await business.introspect(tokens.accessToken)).body).toEqual({ active: false });
    // the portal is told, and the person's own session goes on
    expect(await logouts.received(told + 1)).toHaveLength(told + 1);
    // never silently the person in place of the organisation, however often it is tried
    for (const prompt of ['none', 'none']) {
      const silent = await business.request({ prompt });
      await browser.open(silent.url);
      expect(browser.page.url.searchParams.get('error')).toBe('consent_required');
    }
    expect((await choose(pending.browser, held.organisation.taxNumber)).status).toBe(400);
    const open = await arrive(business, resident, {}, browser);
    expect(browser.page.html).toContain('acting_for');
    const own = await business.tokens((await choose(browser, 'self')).url, open.request);
    expect((await business.userinfo(own.accessToken)).body).not.toHaveProperty('organisation');
  },
);

/** An officer at the console, by passkey. */
async function officer(name: string): Promise<Citizen> {
  const found = TEST_STAFF.officers.find((one) => one.name === name)!;
  const browser = house.citizen();
  await browser.open('/console/sign-in');
  const options = browser.form('/console/sign-in').options as { challenge: string };
  await browser.submit('/console/sign-in', {
    credential: JSON.stringify(assertPasskey(found.passkey, options, house.issuer)),
  });
  return browser;
}

/** A ready-made person on the page of their organisations. */
async function atOrganisations(nationalId: string): Promise<Citizen> {
  const { citizen, account } = house.testPerson(nationalId);
  const browser = house.citizen();
  await browser.open('/account/organisations');
  if (account!.passkey) await browser.passkey({ passkey: account!.passkey });
  else {
    await browser.identify(citizen.nationalId);
    await browser.password(account!.password!);
    await browser.choose('totp');
    await browser.code(codesOf(account!.totpSecret!)());
  }
  return browser;
}
async function messageTo(phone: string, words: RegExp): Promise<string> {
  for (let i = 0; i < 100; i += 1) {
    const found = (await house.outbox(phone)).find(({ text }) => words.test(text));
    if (found) return found.text;
    await pause(100);
  }
  throw new Error('no such message');
}

test('from the application over consent, two officers and activation to a portal, and to the register that ends it', async () => {
  const [hoa, anh] = ['046187000010', '056195000008'];
  const applicant = await atOrganisations(hoa);
  expect(applicant.page.html).toContain('9900000011');
  await applicant.open('/account/organisations/apply');
  for (const [typed, status, word] of [
    ['12', 422, '10 chữ số'],
    ['9900000099', 409, 'Không có tổ chức'],
    ['9900000033', 409, 'không phải là người đại diện'],
    ['9900000011', 409, 'đã có tài khoản'],
  ] as const) {
    const { status: got, html } = await applicant.submit('/apply', { tax_number: typed });
    expect([typed, got, html.includes(word)]).toEqual([typed, status, true]);
  }
  await applicant.submit('/apply', { tax_number: '9900 000 022' });
  expect(applicant.page.html).toContain('1 trên 2');

  // without everybody's consent no officer sees it
  const counter = await officer('Đỗ Thị Thu');
  await counter.open('/console/organisations');
  expect(counter.page.html).not.toContain('Chè Suối Ngọc');

  // the other is told that it waits, the applicant is not
  const waits = await messageTo(house.testPerson(anh).citizen.phone!, /chờ quý vị trả lời/);
  expect(waits).toMatch(/Chè Suối Ngọc.*\/account\/organisations$/);
  const own = await house.outbox(house.testPerson(hoa).citizen.phone!);
  expect(own.some(({ text }) => /chờ quý vị trả lời/.test(text))).toBe(false);

  // who knows another's application cannot answer it, and its own applicant not twice
  const other = await atOrganisations(anh);
  expect(other.step).toBe('organisations');
  const id = other.form('/answer').hidden['application']!;
  await applicant.open('/account');
  const answer = { csrf: applicant.csrf, application: id, decision: 'agreed' };
  expect((await applicant.post('/account/organisations/answer', answer)).status).toBe(409);
  await other.submit('/answer', { decision: 'agreed' });
  expect(other.page.html).toContain('Đã ghi nhận sự đồng ý');

  await counter.open('/console/organisations');
  expect(counter.page.html).toContain('Chè Suối Ngọc');
  const address = `/console/organisations/${id}`;
  await counter.open(address);
  expect((await counter.submit('/receive', { comparison: '' })).status).toBe(422);
  await counter.submit('/receive', { comparison: 'Khớp với cơ sở dữ liệu' });
  expect(counter.page.html).toContain('một cán bộ khác quyết định');
  expect((await counter.post(`${address}/decide`, { csrf: counter.csrf, decision: 'grant' })).status).toBe(403);

  const approver = await officer('Vũ Đình Khải');
  await approver.open(address);
  await approver.submit('/decide', { decision: 'grant' });
  expect(approver.page.html).toContain('duyệt');
  expect((await approver.post(`${address}/decide`, { csrf: approver.csrf, decision: 'grant' })).status).toBe(409);

  for (const person of [hoa, anh]) {
    expect(await messageTo(house.testPerson(person).citizen.phone!, /Chè Suối Ngọc đã được duyệt/)).not.toMatch(
      /\d{6}/,
    );
  }
  // granted is not active: nobody acts for it yet
  const early = await arrive(business, { passkey: house.testPerson(hoa).account!.passkey } as Resident, asked);
  expect(early.browser.page.html).toContain('9900000011');
  expect(early.browser.page.html).not.toContain('9900000022');

  await applicant.open('/account/organisations');
  await applicant.submit('/activate');
  expect(applicant.page.html).toContain('Đã kích hoạt');
  const open = await arrive(business, {} as Resident, asked, applicant);
  const tokens = await business.tokens((await choose(applicant, '9900000022')).url, open.request);
  expect((await business.userinfo(tokens.accessToken)).body).toMatchObject({
    organisation: { tax_number: '9900000022', name: 'Hợp tác xã Chè Suối Ngọc', role: 'legal_representative' },
  });

  // the register takes the applicant off: what the portal holds ends with it
  const happening = { kind: 'organisation_changed', tax_number: '9900000022', representatives: [anh] };
  expect((await house.registry.call('/sandbox/happenings', happening)).status).toBe(200);
  let status = 200;
  for (let i = 0; i < 100 && status === 200; i += 1) {
    await pause(100);
    ({ status } = await business.userinfo(tokens.accessToken));
  }
  expect(status).toBe(401);

  // and a dissolution in the register locks the account, and its representatives are told
  const again = await arrive(business, {} as Resident, asked, applicant);
  const potters = await business.tokens((await choose(applicant, '9900000011')).url, again.request);
  expect((await business.userinfo(potters.accessToken)).status).toBe(200);
  await house.registry.call('/sandbox/happenings', { kind: 'organisation_dissolved', tax_number: '9900000011' });
  await messageTo(house.testPerson(hoa).citizen.phone!, /Gốm Sông Hồng đã bị khóa: tổ chức đã ngừng hoạt động/);
  expect((await business.userinfo(potters.accessToken)).status).toBe(401);
});
