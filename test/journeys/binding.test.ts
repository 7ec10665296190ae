import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Citizen, formPost, formsOf } from '../support/citizen.ts';
import { openHouse } from '../support/house.ts';
import { findLeaks } from '../support/leak-net.ts';
import type { Portal } from '../support/portal.ts';
import type { Resident } from '../support/resident.ts';
import { assertPasskey } from '../support/software-passkey.ts';

const house = await openHouse();
const [services, health, land] = house.portals;
const TIMES = 50;

const times = <T>(work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: TIMES }, (_, index) => work(index)));

async function arrive(portal: Portal, changes: Record<string, string> = {}): Promise<Citizen> {
  const citizen = house.citizen();
  await citizen.open((await portal.request(changes)).url);
  return citizen;
}
async function atCode(resident: Resident, portal = health): Promise<Citizen> {
  const citizen = await arrive(portal);
  await citizen.identify(resident.nationalId);
  await citizen.password(resident.password);
  if (citizen.step === 'second-factor') await citizen.choose('totp');
  return citizen;
}
async function atConsent(resident: Resident, portal = health): Promise<Citizen> {
  const citizen = await arrive(portal);
  await citizen.passkey(resident);
  return citizen;
}
/** What a browser holds of a visit, given to another one. */
function lend(from: Citizen, to: Citizen, names: readonly string[]): void {
  for (const name of names) to.browser.set(name, from.browser.cookie(name) ?? '');
}
const credentialOf = ({ passkey }: Resident, citizen: Citizen, origin = house.issuer): string => {
  if (!passkey) throw new Error('no passkey');
  return JSON.stringify(assertPasskey(passkey, citizen.form('/passkey').options as { challenge: string }, origin));
};
const audited = async (kind: string, resident: Resident): Promise<number> => {
  const { rows } = await house.deps.db.query('SELECT 1 FROM audit_event WHERE kind = $1 AND account_id = $2', [
    kind,
    resident.subject,
  ]);
  return rows.length;
};

describe('a visit belongs to the browser it began in', () => {
  test('without its cookie, with another visit’s, or with its cookie but no signature, it is gone', async () => {
    const resident = await house.resident();
    const victim = await atConsent(resident);
    const address = victim.visit;
    const bare = house.citizen();
    expect((await bare.open(address)).step).toBe('error');
    const foreign = await arrive(health);
    expect((await foreign.open(address)).step).toBe('error');
    const unsigned = house.citizen();
    lend(victim, unsigned, ['eid.interaction']);
    expect((await unsigned.open(address)).step).toBe('error');
    const mixed = await arrive(health);
    lend(victim, mixed, ['eid.interaction']); // beside the signature of another visit
    expect((await mixed.open(address)).step).toBe('error');
    expect((await victim.open(address)).step).toBe('consent');
  });

  test('the way back into the provider too: another browser cannot finish what this one began', async () => {
    const resident = await house.resident();
    const citizen = await atConsent(resident);
    const { action, hidden } = citizen.form('/consent');
    const answered = await citizen.browser.go(action, formPost({ ...hidden, decision: 'allow' }));
    const resume = answered.headers.get('location') ?? '';
    const thief = house.citizen();
    expect((await thief.open(resume)).url.searchParams.has('code')).toBe(false);
    expect(thief.page.status).toBe(400);
    expect((await citizen.open(resume)).url.searchParams.has('code')).toBe(true);
  });

  test('an attacker’s finished session cookie does not carry over into the victim’s visit', async () => {
    const [attacker, victim] = [await house.resident(), await house.resident()];
    const theirs = await atConsent(attacker);
    await theirs.consent('allow');
    const browser = await arrive(health);
    lend(theirs, browser, ['eid.session', 'eid.session.sig']);
    // the visit began without a session, and stays the visit of nobody: the page still asks who it is
    expect((await browser.open(browser.page.url.pathname)).step).toBe('identify');
    expect((await browser.passkey(victim)).step).toBe('consent');
    expect(browser.page.html).toContain(victim.fullName);
    expect(browser.page.html).not.toContain(attacker.fullName);
  });
});

describe('a code by SMS belongs to its visit and its person', () => {
  test('sent for one visit, it opens no other of the same person, and none of another person', async () => {
    const options = { level: '01', totp: false, passkey: false } as const;
    const [resident, other] = [await house.resident(options), await house.resident(options)];
    const first = await arrive(services);
    await first.identify(resident.nationalId);
    await first.password(resident.password);
    const code = await house.smsCode(resident.phone);
    const second = await arrive(services);
    await second.identify(resident.nationalId);
    await second.password(resident.password);
    const stranger = await arrive(services);
    await stranger.identify(other.nationalId);
    await stranger.password(other.password);
    if ((await house.smsCode(resident.phone)) !== code) expect((await second.code(code)).step).toBe('code');
    if ((await house.smsCode(other.phone)) !== code) expect((await stranger.code(code)).step).toBe('code');
    expect((await first.code(code)).step).toBe('consent');
  });
});

describe('a passkey’s answer belongs to its challenge', () => {
  test('given for another visit, for another origin, or by another person than the proven one, it proves nothing', async () => {
    const [resident, other] = [await house.resident(), await house.resident()];
    const [one, two] = [await arrive(land), await arrive(land)];
    const replayed = credentialOf(resident, one);
    expect((await two.submit('/passkey', { credential: replayed })).step).toBe('identify');
    const phished = credentialOf(resident, two, 'http://localhost.evil.example');
    expect((await two.submit('/passkey', { credential: phished })).step).toBe('identify');
    const halfway = await atCode(resident, land);
    expect((await halfway.submit('/passkey', { credential: credentialOf(other, halfway) })).step).not.toBe('consent');
    // made on the first page, where it was good for anybody, and used when somebody else has begun
    const early = await arrive(land);
    const anybodys = credentialOf(other, early);
    await early.identify(resident.nationalId);
    await early.password(resident.password);
    const { hidden, action } = early.form('/passkey');
    expect((await early.post(action, { ...hidden, credential: anybodys })).step).not.toBe('consent');
  });

  test('with its user handle or its key changed, it proves nobody', async () => {
    const [resident, other] = [await house.resident(), await house.resident()];
    const citizen = await arrive(land);
    const changed = [
      { ...resident.passkey!, userHandle: other.passkey!.userHandle },
      { ...resident.passkey!, privateKey: other.passkey!.privateKey },
      { ...resident.passkey!, credentialId: other.passkey!.credentialId },
    ];
    for (const passkey of changed) {
      const credential = credentialOf({ ...resident, passkey }, citizen);
      expect((await citizen.submit('/passkey', { credential })).step).toBe('identify');
    }
    expect((await citizen.passkey(resident)).step).toBe('consent');
  });
});

describe('a token belongs to its portal', () => {
  test('a code, a refresh token and an access token of one are nothing to another', async () => {
    const resident = await house.resident();
    const citizen = house.citizen();
    const request = await health.request();
    await citizen.open(request.url);
    await citizen.passkey(resident);
    const { page } = { page: await citizen.consent('allow') };
    const stolen = await services.redeem(page.url, request, { redirect_uri: health.identity.redirectUri });
    expect([stolen.status, stolen.body['error']]).toEqual([400, 'invalid_grant']);
    const tokens = await health.tokens(page.url, request);
    expect((await land.introspect(tokens.accessToken)).body).toEqual({ active: false });
  });

  test('an ID token as hint of another person’s sign-in is refused', async () => {
    const [resident, other] = [await house.resident(), await house.resident()];
    const citizen = house.citizen();
    const request = await health.request();
    await citizen.open(request.url);
    await citizen.passkey(resident);
    const tokens = await health.tokens((await citizen.consent('allow')).url, request);
    const visit = await arrive(health, { id_token_hint: tokens.idToken });
    await visit.passkey(other);
    if (visit.step === 'consent') await visit.consent('allow');
    expect(visit.page.url.searchParams.has('code')).toBe(false);
  });
});

describe(`used ${TIMES} times at once, one counts`, () => {
  test('an authorization code', async () => {
    const resident = await house.resident();
    const citizen = house.citizen();
    const request = await health.request();
    await citizen.open(request.url);
    await citizen.passkey(resident);
    const { url } = await citizen.consent('allow');
    const answers = await times(() => health.redeem(url, request));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a pushed request: one sign-in comes of it', async () => {
    const resident = await house.resident();
    const request = await land.request();
    const browsers = Array.from({ length: 10 }, () => house.citizen());
    await Promise.all(browsers.map((browser) => browser.open(request.url)));
    const open = browsers.filter(({ step }) => step === 'identify');
    await Promise.all(open.map((browser) => browser.passkey(resident)));
    const asked = open.filter(({ step }) => step === 'consent');
    await Promise.all(asked.map((browser) => browser.consent('allow')));
    expect(browsers.filter(({ page }) => page.url.searchParams.has('code'))).toHaveLength(1);
  });

  test('a client assertion', async () => {
    const credentials = land.credentials(randomUUID());
    const answers = await times(() => land.call('/token/introspection', { token: 'x'.repeat(43) }, credentials));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  /** The same form from the same page of one browser, many times at once. */
  async function storm(citizen: Citizen, ending: string, fields: Record<string, string>): Promise<Response[]> {
    const { action, hidden } = citizen.form(ending);
    const answers = await times(() => citizen.browser.go(action, formPost({ ...hidden, ...fields })));
    expect(answers.filter(({ status }) => status >= 500 && status !== 503)).toEqual([]);
    return answers;
  }

  test('a code of the app', async () => {
    const resident = await house.resident({ passkey: false });
    const citizen = await atCode(resident);
    await storm(citizen, '/code', { code: resident.appCode() });
    expect(await audited('totp.accepted', resident)).toBe(1);
  });

  test('a code by SMS', async () => {
    const resident = await house.resident({ level: '01', totp: false, passkey: false });
    const citizen = await arrive(services);
    await citizen.identify(resident.nationalId);
    await citizen.password(resident.password);
    await storm(citizen, '/code', { code: await house.smsCode(resident.phone) });
    expect(await audited('sms_code.accepted', resident)).toBe(1);
  });

  test('a passkey’s answer', async () => {
    const resident = await house.resident();
    const citizen = await arrive(land);
    await storm(citizen, '/passkey', { credential: credentialOf(resident, citizen) });
    expect(await audited('passkey.accepted', resident)).toBe(1);
  });

  test('the end of a visit: one code for the portal', async () => {
    const resident = await house.resident();
    const citizen = await atConsent(resident);
    const answers = await storm(citizen, '/consent', { decision: 'allow' });
    const onwards = new Set(
      answers.map(({ headers }) => headers.get('location') ?? '').filter((to) => to.includes('/auth/')),
    );
    expect(onwards.size).toBe(1);
    const resumed = await times(() => citizen.browser.go([...onwards][0] ?? ''));
    const codes = resumed.filter(({ headers }) => (headers.get('location') ?? '').includes('code='));
    expect(codes).toHaveLength(1);
  });
});

test('every form of a sign-in carries the token of its browser, and no address of it leads elsewhere', async () => {
  const resident = await house.resident({ passkey: false });
  const citizen = await arrive(health);
  const pages = [citizen.page];
  pages.push(await citizen.identify(resident.nationalId), await citizen.password(resident.password));
  pages.push(await citizen.code(resident.appCode()));
  for (const { html } of pages) {
    for (const { action, hidden } of formsOf(html)) {
      expect(new URL(action, house.issuer).origin).toBe(house.issuer);
      expect(hidden['csrf'] ?? '').not.toBe('');
    }
  }
});

test('nothing of anybody lies about', async () => {
  expect(await findLeaks(house.leakNet)).toEqual([]);
});
