import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { putGuardianInCharge } from '../../src/accounts/put-guardian-in-charge.ts';
import type { Citizen } from '../support/citizen.ts';
import { openHouse, type House } from '../support/house.ts';
import { installLeakNet } from '../support/leak-net.ts';
import { codesOf, type Resident } from '../support/resident.ts';
import { assertPasskey } from '../support/software-passkey.ts';

const house: House = await openHouse();
const { deps } = house;
const [services, health] = house.portals;
installLeakNet(house.leakNet);

interface Family {
  readonly child: Resident;
  readonly guardian: Resident;
}
/** The residents are of age: wards. */
const chargeOf = ({ subject }: Resident) => ({ guardian: subject, ward: true, actor: 'test' });
const inCharge = ({ child, guardian }: Family) =>
  putGuardianInCharge(deps.db, child.subject, chargeOf(guardian), new Date(Date.now() - 60_000));

async function family(): Promise<Family> {
  const found = { child: await house.resident(), guardian: await house.resident() };
  await inCharge(found);
  return found;
}

/** The child has shown everything of its own; the guardian is asked. */
async function atGuardian({ child }: Pick<Family, 'child'>, portal = services) {
  const citizen = house.citizen();
  const request = await portal.request();
  await citizen.open(request.url);
  await citizen.passkey(child);
  expect(citizen.step).toBe('guardian');
  return { citizen, request };
}

function answerOf(citizen: Citizen, { passkey }: Resident, form = '/guardian-passkey'): string {
  if (!passkey) throw new Error('no passkey');
  const options = citizen.form(form).options as { challenge: string };
  return JSON.stringify(assertPasskey(passkey, options, house.issuer));
}
const byPasskey = (citizen: Citizen, who: Resident) =>
  citizen.submit('/guardian-passkey', { credential: answerOf(citizen, who) });
const trailOf = async (subject: string, kind: string) =>
  (
    await deps.db.query<{ data: Record<string, unknown> }>(
      'SELECT data FROM audit_event WHERE account_id = $1 AND kind = $2',
      [subject, kind],
    )
  ).rows.map(({ data }) => data);

describe('a dependant signs in', () => {
  test("with the guardian's passkey: told whose it must be, and what the portal hears is the child's own doing", async () => {
    const both = await family();
    const { citizen, request } = await atGuardian(both);
    expect(citizen.page.html).toContain(both.guardian.fullName);
    expect((await byPasskey(citizen, both.guardian)).step).toBe('consent');
    const tokens = await services.tokens((await citizen.consent('allow')).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA3' });
    expect(await trailOf(both.child.subject, 'guardian.confirmed')).toEqual([
      { guardian: both.guardian.subject, by: 'passkey' },
    ]);
    // the session goes on at the next portal; a new sign-in asks anew
    await citizen.open((await health.request()).url);
    expect(citizen.step).toBe('consent');
    await citizen.open((await services.request({ prompt: 'login' })).url);
    await citizen.passkey(both.child);
    expect(citizen.step).toBe('guardian');
  });

  test("with a code to the guardian's phone, which raises no level", async () => {
    const guardian = await house.resident();
    const child = await house.resident({ level: '01', passkey: false });
    await inCharge({ child, guardian });
    const citizen = house.citizen();
    const request = await services.request();
    await citizen.open(request.url);
    await citizen.signIn(child);
    expect(citizen.step).toBe('guardian');
    await citizen.submit('/guardian-send');
    const given = child.fullName.split(' ').at(-1) ?? '';
    expect((await house.outbox(guardian.phone))[0]?.text).toContain(given);
    const code = await house.smsCode(guardian.phone);
    expect((await citizen.submit('/guardian-code', { code })).step).toBe('consent');
    const tokens = await services.tokens((await citizen.consent('allow')).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA1', amr: ['pwd', 'otp', 'mfa'] });
  });

  test('the child of the sandbox, whose guardian is there', async () => {
    const [child, mother] = [house.testPerson('048316000006'), house.testPerson('048192000003')];
    const citizen = house.citizen();
    await citizen.open((await services.request()).url);
    await citizen.identify(child.citizen.nationalId);
    await citizen.password(child.account?.password ?? '');
    if (citizen.step === 'second-factor') await citizen.choose('totp');
    await citizen.code(codesOf(child.account?.totpSecret ?? '')());
    expect(citizen.step).toBe('guardian');
    await byPasskey(citizen, { passkey: mother.account?.passkey } as Resident);
    expect(citizen.step).toBe('consent');
  });
});

test("a guardian opens a child's account, activates it, and confirms its sign-in at the public service portal", async () => {
  const [father, child] = [house.testPerson('079085000002'), house.testPerson('079315000016')];
  const phone = father.citizen.phone ?? '';
  const guardian = house.citizen();
  await guardian.open(`${house.issuer}/account/care`);
  await guardian.identify(father.citizen.nationalId);
  await guardian.password(father.account?.password ?? '');
  // a password opens the account, and not this page
  if (guardian.step === 'second-factor') await guardian.choose('totp');
  await guardian.code(codesOf(father.account?.totpSecret ?? '')());
  expect([guardian.step, guardian.page.html.includes(child.citizen.fullName)]).toEqual(['care', true]);
  expect(guardian.page.html).toContain('Trần Gia Bách');

  const request = /\/account\/care\/request\?of=[\w-]+/g;
  const pages = guardian.page.html.match(request) ?? [];
  for (const page of pages) {
    await guardian.open(`${house.issuer}${page}`);
    if (guardian.page.html.includes(child.citizen.fullName)) break;
  }
  await guardian.submit('/request', { consent: 'on' });
  expect(guardian.step).toBe('care-person');
  await guardian.submit('/activate');
  await guardian.submit('/code', { code: await house.smsCode(phone) });
  const password = 'diều giấy bay qua đồng lúa';
  await guardian.submit('/password', { password });
  expect(guardian.step).toBe('activate-done');

  const citizen = house.citizen();
  const signIn = await services.request();
  await citizen.open(signIn.url);
  await citizen.identify(child.citizen.nationalId);
  await citizen.password(password);
  expect(citizen.step).toBe('guardian');
  await citizen.submit('/guardian-send');
  expect((await house.outbox(phone))[0]?.text).toContain('Uyên');
  await citizen.submit('/guardian-code', { code: await house.smsCode(phone) });
  const tokens = await services.tokens((await citizen.consent('allow')).url, signIn);
  expect(tokens.claims).toMatchObject({ acr: 'LoA1', amr: ['pwd', 'sms', 'mfa'] });

  await guardian.open(`${house.issuer}/account/care`);
  await guardian.open(`${house.issuer}${/\/account\/care\/person\?of=[\w-]+/.exec(guardian.page.html)?.[0] ?? ''}`);
  expect(guardian.page.html).toContain('Cổng dịch vụ công');
  await guardian.open(`${house.issuer}${/\/account\/care\/lock\?of=[\w-]+/.exec(guardian.page.html)?.[0] ?? ''}`);
  await guardian.submit('/lock');
  const again = house.citizen();
  await again.open((await services.request()).url);
  await again.identify(child.citizen.nationalId);
  await again.password(password);
  await again.submit('/guardian-send');
  await again.submit('/guardian-code', { code: await house.smsCode(phone) });
  expect([again.step, again.page.html.includes('khóa')]).toEqual(['unavailable', true]);
});

describe('what is no confirmation', () => {
  test("the child's own passkey and phone, and another guardian's", async () => {
    const [both, others] = [await family(), await family()];
    const { citizen } = await atGuardian(both);
    for (const who of [both.child, others.guardian, others.child]) {
      const page = await byPasskey(citizen, who);
      expect([page.status, page.step]).toEqual([400, 'guardian']);
    }
    await citizen.submit('/guardian-send');
    expect(await house.outbox(both.child.phone)).toEqual([]);
    expect(await house.outbox(both.guardian.phone)).toHaveLength(1);
    expect(await trailOf(both.child.subject, 'guardian.confirmed')).toEqual([]);
  });

  test("the guardian's code of another sign-in, of the guardian's own or of the child's other visit", async () => {
    const both = await family();
    const own = house.citizen();
    await own.open((await services.request()).url);
    await own.identify(both.guardian.nationalId);
    await own.password(both.guardian.password);
    await own.choose('sms_code');
    const ofGuardian = await house.smsCode(both.guardian.phone);
    const first = await atGuardian(both);
    const second = await atGuardian(both, health);
    expect(
      (await first.citizen.post(`${first.citizen.visit}/guardian-code`, codeForm(first.citizen, ofGuardian))).step,
    ).toBe('guardian');
    await first.citizen.submit('/guardian-send');
    const ofFirst = await house.smsCode(both.guardian.phone);
    expect(
      (await second.citizen.post(`${second.citizen.visit}/guardian-code`, codeForm(second.citizen, ofFirst))).step,
    ).toBe('guardian');
    // and the confirmation's code is no second factor of the guardian's own sign-in
    expect((await own.submit('/code', { code: ofFirst })).step).toBe('code');
    expect((await first.citizen.submit('/guardian-code', { code: ofFirst })).step).toBe('consent');
  });

  test("wrong codes at a child's sign-in: neither the guardian nor another child is locked out by them", async () => {
    const both = await family();
    const sibling = await house.resident();
    await inCharge({ child: sibling, guardian: both.guardian });
    const thief = await atGuardian(both);
    await thief.citizen.submit('/guardian-send');
    for (let i = 0; i < 5; i += 1) await thief.citizen.submit('/guardian-code', { code: '000000' });
    const late = await atGuardian(both);
    expect(
      (await late.citizen.post(`${late.citizen.visit}/guardian-code`, codeForm(late.citizen, '000000'))).status,
    ).toBe(429);
    const other = await atGuardian({ child: sibling });
    await other.citizen.submit('/guardian-send');
    const forSibling = await house.smsCode(both.guardian.phone);
    expect((await other.citizen.submit('/guardian-code', { code: forSibling })).step).toBe('consent');
    const own = house.citizen();
    await own.open((await services.request()).url);
    await own.identify(both.guardian.nationalId);
    await own.password(both.guardian.password);
    await own.choose('sms_code');
    const code = await house.smsCode(both.guardian.phone);
    expect((await own.submit('/code', { code })).step).toBe('consent');
  });

  test('a confirmation replayed, in the same visit and in another', async () => {
    const both = await family();
    const first = await atGuardian(both);
    const credential = answerOf(first.citizen, both.guardian);
    const second = await atGuardian(both, health);
    expect((await second.citizen.submit('/guardian-passkey', { credential })).step).toBe('guardian');
    const good = answerOf(second.citizen, both.guardian);
    expect((await second.citizen.submit('/guardian-passkey', { credential: good })).step).toBe('consent');
    const third = await atGuardian(both);
    expect((await third.citizen.submit('/guardian-passkey', { credential: good })).step).toBe('guardian');
  });

  test("a challenge of the confirmation answered as the child's own factor, and the other way round", async () => {
    const both = await family();
    const citizen = house.citizen();
    await citizen.open((await services.request()).url);
    const early = answerOf(citizen, both.guardian, '/passkey');
    await citizen.passkey(both.child);
    expect((await citizen.submit('/guardian-passkey', { credential: early })).step).toBe('guardian');
    const credential = answerOf(citizen, both.guardian);
    expect((await citizen.post(`${citizen.visit}/passkey`, { csrf: citizen.csrf, credential })).step).toBe('guardian');
  });

  test('posting the consent, a code, or another way past the step', async () => {
    const both = await family();
    const { citizen } = await atGuardian(both);
    const { visit, csrf } = citizen;
    for (const [step, fields] of [
      ['consent', { decision: 'allow', claim_name: 'on' }],
      ['code', { code: both.child.appCode() }],
      ['second-factor', { factor: 'sms_code' }],
      ['password', { password: both.child.password }],
      ['passkey-enrol', { credential: '{}', name: 'x' }],
    ] as const) {
      expect([step, (await citizen.post(`${visit}/${step}`, { csrf, ...fields })).step]).toEqual([step, 'guardian']);
    }
    expect(await trailOf(both.child.subject, 'sign_in.completed')).toEqual([]);
  });

  test('the confirmation of one child does not serve the next in the same visit', async () => {
    const both = await family();
    const sibling = await house.resident();
    await inCharge({ child: sibling, guardian: both.guardian });
    const { citizen } = await atGuardian(both);
    await byPasskey(citizen, both.guardian);
    await citizen.post(`${citizen.visit}/restart`, { csrf: citizen.csrf });
    await citizen.passkey(sibling);
    expect(citizen.step).toBe('guardian');
  });
});

describe('a guardian who changes on the way', () => {
  const end = (subject: string) =>
    deps.db.query('UPDATE account_guardian SET ended_at = now() WHERE account_id = $1 AND ended_at IS NULL', [subject]);

  test('ended before the confirmation: nobody can give it', async () => {
    const both = await family();
    const { citizen } = await atGuardian(both);
    const credential = answerOf(citizen, both.guardian);
    await end(both.child.subject);
    expect((await citizen.submit('/guardian-passkey', { credential })).step).toBe('unavailable');
    const back = await citizen.submit('/refuse');
    expect(back.url.searchParams.get('error')).toBe('unmet_authentication_requirements');
  });

  test('ended after it, at the consent page: the sign-in ends there', async () => {
    const both = await family();
    const { citizen } = await atGuardian(both);
    await byPasskey(citizen, both.guardian);
    await end(both.child.subject);
    expect((await citizen.consent('allow')).step).toBe('unavailable');
  });

  test('another one meanwhile: the new guardian is asked, the old word does not count', async () => {
    const both = await family();
    const { citizen } = await atGuardian(both);
    await byPasskey(citizen, both.guardian);
    const guardian = await house.resident();
    await putGuardianInCharge(deps.db, both.child.subject, chargeOf(guardian), new Date());
    expect((await citizen.consent('allow')).step).toBe('guardian');
    expect(citizen.page.html).toContain(guardian.fullName);
    expect((await byPasskey(citizen, both.guardian)).step).toBe('guardian');
    expect(isOut(await byPasskey(citizen, guardian))).toBe(true);
  });

  test("the guardian's account is locked: said in words, before and after the confirmation", async () => {
    const both = await family();
    const { citizen } = await atGuardian(both);
    await byPasskey(citizen, both.guardian);
    await lockAccount(deps, both.guardian.subject, { ground: 'self_request', actor: 'test' });
    expect((await citizen.consent('allow')).step).toBe('unavailable');
    const again = house.citizen();
    await again.open((await services.request()).url);
    expect((await again.passkey(both.child)).step).toBe('unavailable');
  });

  test('a session from before the guardian was in charge is no confirmed one', async () => {
    const child = await house.resident();
    const citizen = house.citizen();
    await citizen.open((await services.request()).url);
    await citizen.passkey(child);
    await citizen.consent('allow');
    const guardian = await house.resident();
    await putGuardianInCharge(deps.db, child.subject, chargeOf(guardian), new Date(Date.now() + 1000));
    await citizen.open((await health.request({ state: randomUUID() })).url);
    expect(citizen.step).toBe('guardian');
  });
});

const codeForm = ({ csrf }: Citizen, code: string) => ({ csrf, code });
const isOut = ({ step }: { step: string | undefined }): boolean => step === undefined;
