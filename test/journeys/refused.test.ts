import { describe, expect, test } from '@jest/globals';
import { formOf } from '../self-service/people.ts';
import { statementsOfRequests } from '../support/wire.ts';
import type { Citizen, Page } from '../support/citizen.ts';
import { openHouse } from '../support/house.ts';
import { installLeakNet } from '../support/leak-net.ts';
import type { Portal } from '../support/portal.ts';
import { codesOf } from '../support/resident.ts';

const house = await openHouse();
const [services, health, land] = house.portals;
installLeakNet(house.leakNet);

const KHOA_MAT = '031078000004';
const CHUA_KICH_HOAT = '092201000005';
/** Well-formed, and nobody's. */
const NOBODY = '001199000099';

async function arrive(portal: Portal, changes: Record<string, string> = {}): Promise<Citizen> {
  const citizen = house.citizen();
  await citizen.open((await portal.request(changes)).url);
  return citizen;
}
/** What the portal is told when the person comes back without a sign-in. */
const errorOf = ({ url }: Page): string | null => url.searchParams.get('error');

describe('consent', () => {
  test('refused: the portal learns that, nothing more, and nobody is signed in there', async () => {
    const resident = await house.resident();
    const citizen = await arrive(health);
    await citizen.passkey(resident);
    const back = await citizen.consent('deny');
    expect(errorOf(back)).toBe('access_denied');
    expect(back.url.href).toContain(health.identity.redirectUri);
    expect([...back.url.searchParams.keys()].toSorted()).toEqual(['error', 'error_description', 'iss', 'state']);
    await citizen.open((await health.request({ prompt: 'none' })).url);
    expect(errorOf(citizen.page)).toMatch(/^(login|consent)_required$/);
  });

  test('given up on the way: the portal learns that the person did not sign in', async () => {
    const citizen = await arrive(health);
    expect(errorOf(await citizen.submit('/refuse'))).toBe('access_denied');
  });
});

describe('an account that cannot be used', () => {
  test('locked: said only to who has shown everything, with a way back', async () => {
    const person = house.testPerson(KHOA_MAT);
    const citizen = await arrive(health);
    await citizen.identify(KHOA_MAT);
    expect((await citizen.password('not-his')).step).toBe('password');
    await citizen.password(person.account?.password ?? '');
    await citizen.choose('totp');
    const appCode = codesOf(person.account?.totpSecret ?? '');
    expect((await citizen.code(appCode())).step).toBe('unavailable');
    expect(errorOf(await citizen.submit('/refuse'))).toBe('unmet_authentication_requirements');
  });

  test('never activated: its number answers as any other', async () => {
    house.testPerson(CHUA_KICH_HOAT);
    const citizen = await arrive(services);
    await citizen.identify(CHUA_KICH_HOAT);
    expect((await citizen.password('anything-at-all')).step).toBe('password');
    expect(citizen.page.status).toBe(400);
  });

  test('of level 01 at a portal of level 02: what is missing, and a way back', async () => {
    const resident = await house.resident({ level: '01', totp: false, passkey: false });
    const citizen = await arrive(health);
    await citizen.signIn(resident, 'sms_code');
    expect(citizen.step).toBe('unavailable');
    expect(errorOf(await citizen.submit('/refuse'))).toBe('unmet_authentication_requirements');
  });

  test('without an app, at a portal that wants one: the passkey, or back', async () => {
    const resident = await house.resident({ totp: false });
    const citizen = await arrive(health);
    await citizen.identify(resident.nationalId);
    expect((await citizen.password(resident.password)).step).toBe('passkey');
    expect((await citizen.passkey(resident)).step).toBe('consent');
  });
});

describe('wrong again and again', () => {
  test('five wrong codes lock the code, the right one too, and the passkey still opens', async () => {
    const resident = await house.resident();
    const citizen = await arrive(health);
    await citizen.identify(resident.nationalId);
    await citizen.password(resident.password);
    if (citizen.step === 'second-factor') await citizen.choose('totp');
    const csrf = citizen.csrf;
    const address = `${citizen.visit}/code`;
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await citizen.post(address, { csrf, code: `00000${i}` })).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    const right = await citizen.post(address, { csrf, code: resident.appCode() });
    expect([right.status, right.step]).toEqual([429, 'code']);
    expect((await citizen.passkey(resident)).step).toBe('consent');
  });

  test('a code by SMS dies after five wrong tries', async () => {
    const resident = await house.resident({ level: '01', totp: false, passkey: false });
    const citizen = await arrive(services);
    await citizen.identify(resident.nationalId);
    await citizen.password(resident.password);
    const code = await house.smsCode(resident.phone);
    const csrf = citizen.csrf;
    const address = `${citizen.visit}/code`;
    const wrong = code === '111111' ? '222222' : '111111';
    for (let i = 0; i < 5; i += 1) await citizen.post(address, { csrf, code: wrong });
    expect([400, 429]).toContain((await citizen.post(address, { csrf, code })).status);
    expect(citizen.step).toBe('code');
  });
});

/** What an onlooker can compare: everything but what is drawn anew each time. */
const seen = ({ status, html, headers }: Page): unknown => ({
  status,
  length: html.replace(/data-options="[^"]*"/g, '').replace(/interaction\/[\w-]+/g, '').length,
  html: html
    .replace(/name="csrf" value="[^"]+"/g, '')
    .replace(/interaction[/=][\w-]+/g, '')
    .replace(/data-options="[^"]*"/g, (options) => `options of ${options.length}`)
    .replace(/\d{2}:\d{2}/g, 'hh:mm')
    .replace(/\d{3} [•\s]+\d*/g, 'masked number'),
  headers: [...headers].filter(
    ([name]) => !/^(date|etag|content-length|x-request-id|keep-alive|set-cookie)$/.test(name),
  ),
});

test('a known and an unknown number answer alike and cost alike, from the first page to the lock', async () => {
  const resident = await house.resident();
  const [known, unknown] = [await arrive(health), await arrive(health)];
  const measured = async (work: () => Promise<Page>) => {
    house.postgres.reset();
    house.redis.reset();
    const page = seen(await work());
    const statements = statementsOfRequests(house.postgres);
    return {
      page,
      statements,
      commands: house.redis.sent().map((text) => text.split(/[\s:]/)[0]),
      trips: house.redis.trips(),
    };
  };
  const csrf = new Map<Citizen, string>();
  const both = async (name: string, work: (citizen: Citizen, number: string) => Promise<Page>) => {
    const one = await measured(() => work(known, resident.nationalId));
    const other = await measured(() => work(unknown, NOBODY));
    expect([name, one]).toEqual([name, other]);
  };
  await both('identify', (citizen, number) => citizen.identify(number));
  for (const citizen of [known, unknown]) csrf.set(citizen, citizen.csrf);
  for (let i = 1; i <= 7; i += 1) {
    await both(`wrong password ${i}`, (citizen) =>
      citizen.post(`${citizen.visit}/password`, { csrf: csrf.get(citizen) ?? '', password: `sai-mat-khau-${i}` }),
    );
  }
  expect(known.page.status).toBe(429);
  await both('reload', (citizen) => citizen.open(citizen.visit));
});

describe('out of order', () => {
  test('the back button, a second tab and a form sent again take the person to the step they are at', async () => {
    const resident = await house.resident({ passkey: false });
    const citizen = await arrive(health);
    const identify = citizen.form('/identify');
    await citizen.identify(resident.nationalId);
    const password = citizen.form('/password');
    await citizen.password(resident.password);
    const other = { ...identify.hidden, national_id: NOBODY };
    expect((await citizen.post(identify.action, other)).step).toBe('code');
    expect((await citizen.post(password.action, { ...password.hidden, password: 'another' })).step).toBe('code');
    const code = citizen.form('/code');
    const typed = { ...code.hidden, code: resident.appCode() };
    expect((await citizen.post(code.action, typed)).step).toBe('consent');
    expect((await citizen.post(code.action, typed)).step).toBe('consent');
    const consent = citizen.form('/consent');
    const allow = { ...consent.hidden, decision: 'allow' };
    expect((await citizen.post(consent.action, allow)).url.searchParams.has('code')).toBe(true);
    const again = await citizen.post(consent.action, allow);
    expect([again.status, again.step]).toEqual([400, 'error']);
    expect((await citizen.open(identify.action.replace('/identify', ''))).status).toBe(400);
  });

  test('a visit that ran out says so, with a way back to the service', async () => {
    const citizen = await arrive(health);
    const { action, hidden } = citizen.form('/identify');
    for (const key of await house.cache.keys('eid:Interaction:*')) await house.cache.del(key);
    const gone = await citizen.post(action, { ...hidden, national_id: NOBODY });
    expect([gone.status, gone.step]).toEqual([400, 'error']);
  });

  test('two visits in one browser: the later one counts, the earlier says it is gone', async () => {
    const resident = await house.resident();
    const citizen = await arrive(health);
    const earlier = citizen.page.url.pathname;
    const request = await land.request();
    await citizen.open(request.url);
    const later = citizen.page;
    expect((await citizen.open(earlier)).status).toBe(400);
    await citizen.open(later.url.pathname);
    await citizen.passkey(resident);
    await land.tokens((await citizen.consent('allow')).url, request);
  });
});

describe('what is outside is gone', () => {
  const conditions = (body: object) => house.registry.call('/sandbox/conditions', body);

  test.each([
    ['down', { failing: true }],
    ['slow', { delay_ms: 10_000 }],
  ])('registry %s: a newcomer is told to try later, and who has an account signs in', async (_, state) => {
    const { nationalId, fullName, birthDate, card, phone } = house.newcomer();
    const resident = await house.resident();
    await conditions(state);
    try {
      const newcomer = house.citizen();
      await newcomer.open('/register');
      const form = formOf(nationalId, fullName, birthDate, card.issuedOn ?? '', phone);
      const answer = await newcomer.submit('/register', form);
      expect([answer.status, answer.step]).toEqual([503, 'register']);
      const citizen = house.citizen();
      const request = await health.request();
      await citizen.open(request.url);
      await citizen.passkey(resident);
      await health.tokens((await citizen.consent('allow')).url, request);
    } finally {
      await conditions({});
    }
  });
});
