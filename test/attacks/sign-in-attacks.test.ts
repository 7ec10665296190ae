import { createHmac } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addPortal, authorizationRequest } from '../provider/support/relying-party.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { installLeakNet, secretsOf, type Secret } from '../support/leak-net.ts';
import { HANH, KHOA, STRANGER } from './support/people.ts';
import { startApp } from './support/start-app.ts';
import { type Page, Visitor } from './support/visitor.ts';

const { db, url: dbUrl } = await freshDatabase();
const { cache, url: cacheUrl } = await freshCache();
const rp = await addPortal(db, { id: 'dich-vu', minimumAcr: 'LoA2' });
const sms = await addPortal(db, { id: 'tin-nhan', minimumAcr: 'LoA1' });
const app = await startApp({ db, dbUrl, cacheUrl });

const urls: string[] = [];
const codes: Secret[] = [];
installLeakNet({
  db,
  cache,
  logs: () => app.lines(),
  urls,
  secrets: () => [...secretsOf(HANH), ...secretsOf(KHOA), ...codes],
});

beforeAll(async () => {
  await app.settle(HANH);
  await app.settle(KHOA);
});
beforeEach(async () => {
  await cache.flushdb();
});

function visitor(): Visitor {
  const one = new Visitor(app.issuer);
  Object.assign(one, { urls });
  return one;
}
async function identified(nationalId: string, portal = rp): Promise<Visitor> {
  const one = visitor();
  await one.arrive(portal);
  await one.post('identify', { national_id: nationalId });
  return one;
}
/** RFC 6238 with SHA-1, 30 s, six digits. */
function appCode({ totp_secret }: typeof HANH, step = Math.floor(Date.now() / 30_000)): string {
  const bits = Array.from(totp_secret, (c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const value = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  const code = String(value % 1_000_000).padStart(6, '0');
  codes.push({ kind: 'code', value: code });
  return code;
}
/** What an onlooker can compare: the page without what is drawn anew each time. */
const seen = ({ status, step, html }: Page): unknown => ({
  status,
  step,
  html: html
    .replace(/name="csrf" value="[^"]+"/g, '')
    .replace(/\/interaction\/[\w-]+/g, '')
    .replace(/interaction=[\w-]+/g, '')
    .replace(/data-options="[^"]*"/g, (options) => `options of ${options.length}`)
    .replace(/\d{2}:\d{2}/g, 'hh:mm')
    .replace(/\d{3} [•\s]+\d*/g, 'masked number'),
});

describe('guessing', () => {
  test('twenty wrong passwords at once are five tries, and the right one is locked out too', async () => {
    const one = await identified(HANH.national_id);
    const token = one.token();
    const base = one.base;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        one.browser.go(`${base}/password`, one.form({ csrf: token, password: `wrong ${i}` })),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.every((status) => [400, 429, 503].includes(status))).toBe(true);
    const { rows } = await db.query(`SELECT 1 FROM audit_event WHERE kind = 'password.rejected'`);
    expect(rows.length).toBeLessThanOrEqual(5);
    expect((await one.post('password', { csrf: token, password: HANH.password })).status).toBe(429);
  });

  test('the fifty-first number from one address gets no try at a password', async () => {
    const began = new Date();
    const one = visitor();
    await one.arrive(rp);
    const token = one.token();
    for (let i = 0; i < 50; i += 1) {
      const number = `00109${String(i).padStart(7, '0')}`;
      const page = await one.post('identify', { csrf: token, national_id: number });
      expect([page.status, page.step]).toEqual([200, 'password']);
    }
    expect((await one.post('identify', { csrf: token, national_id: KHOA.national_id })).status).toBe(429);
    await one.post('password', { csrf: token, password: KHOA.password });
    expect((await one.open(one.base)).step).not.toBe('code');
    const { rows } = await db.query(`SELECT 1 FROM audit_event WHERE kind = 'password.accepted' AND occurred_at > $1`, [
      began,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('known and unknown numbers', () => {
  test('look alike at every step, down to the lock', async () => {
    const known = await identified(KHOA.national_id);
    const unknown = await identified(STRANGER);
    expect(seen(known.page!)).toEqual(seen(unknown.page!));
    for (let i = 0; i < 7; i += 1) {
      const [a, b] = [
        await known.post('password', { password: 'no' }),
        await unknown.post('password', { password: 'no' }),
      ];
      expect(seen(a)).toEqual(seen(b));
    }
    expect(known.page?.status).toBe(429);
  });

  test('no way round to a code, for either', async () => {
    for (const number of [HANH.national_id, STRANGER]) {
      const one = await identified(number, sms);
      const token = one.token();
      const forms: [string, Record<string, string>][] = [
        ['second-factor', { factor: 'sms_code' }],
        ['resend', {}],
        ['code', { code: '123456' }],
        ['consent', { decision: 'allow' }],
        ['passkey-enrol', { credential: '{}', name: 'x' }],
        ['passkey', { credential: '{}' }],
        ['passkey', { credential: '[['.repeat(20_000) }],
        ['passkey', { credential: JSON.stringify({ id: 'a', rawId: 'a', type: 'public-key', response: null }) }],
      ];
      for (const [step, fields] of forms) {
        const page = await one.post(step, { csrf: token, ...fields });
        expect([step, page.status < 500, page.step]).toEqual([step, true, expect.stringMatching(/^(password|error)$/)]);
      }
    }
    const outbox = await fetch(`${app.issuer}/sandbox/outbox.json?to=${encodeURIComponent(HANH.phone)}`);
    expect(await outbox.json()).toEqual([]);
  });
});

describe('sent twice', () => {
  test('every form of a sign-in, four times at once: one result, no 500, and the code counts once', async () => {
    const one = await identified(HANH.national_id);
    const fourTimes = async (step: string, fields: Record<string, string>): Promise<number[]> => {
      const token = one.token();
      const init = () => one.form({ csrf: token, ...fields });
      const answers = await Promise.all([1, 2, 3, 4].map(() => one.browser.go(`${one.base}/${step}`, init())));
      return answers.map(({ status }) => status);
    };
    expect(Math.max(...(await fourTimes('password', { password: HANH.password })))).toBeLessThan(500);
    expect((await one.open(one.base)).step).toBe('code');
    const statuses = await fourTimes('code', { code: appCode(HANH) });
    expect(Math.max(...statuses)).toBeLessThan(500);
    expect(statuses.filter((status) => status === 303).length).toBeGreaterThanOrEqual(1);
    const { rows } = await db.query(`SELECT 1 FROM audit_event WHERE kind = 'totp.accepted'`);
    expect(rows).toHaveLength(1);
    expect((await one.open(one.base)).step).toBe('consent');
    const consents = await fourTimes('consent', { decision: 'allow', claim_birthdate: 'on' });
    expect(Math.max(...consents)).toBeLessThan(500);
    const stale = await one.open(one.base);
    expect(stale.status).toBeLessThan(500);
  });

  test('an app code used in one visit is dead in another', async () => {
    const code = appCode(KHOA, Math.floor(Date.now() / 30_000) + 1);
    const visits = [await identified(KHOA.national_id), await identified(KHOA.national_id)];
    for (const one of visits) {
      expect((await one.post('password', { password: KHOA.password })).step).toBe('code');
    }
    const pages = await Promise.all(visits.map((one) => one.post('code', { code })));
    expect(new Set(pages.map(({ step }) => step))).toEqual(new Set(['code', 'consent']));
  });
});

describe("somebody else's visit", () => {
  test("an attacker's link or visit in the victim's browser is gone, and posts to it do nothing", async () => {
    const attacker = await identified(KHOA.national_id);
    const victim = visitor();
    await victim.arrive(rp);
    const token = victim.token();
    const link = await victim.open(attacker.base);
    expect([link.status, link.step]).toEqual([400, 'error']);
    const posted = await victim.browser.go(
      `${attacker.base}/password`,
      victim.form({ csrf: token, password: KHOA.password }),
    );
    expect(posted.status).toBe(400);
    expect((await attacker.open(attacker.base)).step).toBe('password');
  });

  test("an attacker's form with an attacker's token does not work in the victim's browser", async () => {
    const attacker = visitor();
    await attacker.arrive(rp);
    const victim = visitor();
    await victim.arrive(rp);
    const forged = await victim.post('identify', { csrf: attacker.token(), national_id: KHOA.national_id });
    expect([forged.status, forged.step]).toEqual([403, 'error']);
    const crossSite = await victim.browser.go(`${victim.base}/identify`, {
      ...victim.form({ csrf: victim.token(), national_id: KHOA.national_id }),
      headers: { origin: 'https://evil.example' },
    });
    expect(crossSite.status).toBe(403);
    expect((await victim.open(victim.base)).step).toBe('identify');
  });

  test('a session cookie planted before the sign-in opens nothing after it', async () => {
    const planted = ['eid.session', 'eid.session.sig', 'eid.csrf'];
    const attacker = visitor();
    await attacker.arrive(rp);
    const victim = visitor();
    for (const name of planted) {
      const value = attacker.browser.cookie(name);
      if (value !== undefined) victim.browser.set(name, value);
    }
    await victim.arrive(rp);
    await victim.post('identify', { national_id: HANH.national_id });
    await victim.post('password', { password: HANH.password });
    await victim.post('code', { code: appCode(HANH, Math.floor(Date.now() / 30_000) + 1) });
    const page = victim.page?.step === 'consent' ? await victim.post('consent', { decision: 'allow' }) : victim.page;
    expect([page?.url.origin, page?.url.searchParams.has('code')]).toEqual([new URL(rp.redirectUri).origin, true]);

    const silent = { prompt: 'none' };
    const own = await victim.open(authorizationRequest(app.issuer, rp, silent).url);
    expect(own.url.searchParams.has('code')).toBe(true);
    const strange = ['-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00.000Z', '%00', '0000-00-00T00:00:00Z', "';--"];
    for (const before of strange) {
      const history = await victim.open(`/account/history?before=${encodeURIComponent(before)}`);
      expect([before, history.status]).toEqual([before, 200]);
    }
    for (const path of [
      'passkey/remove?id=%00',
      'passkey/remove?id=..',
      'consents?withdrawn=%00',
      'authenticators?done=x',
    ]) {
      expect([path, (await victim.open(`/account/${path}`)).status < 500]).toEqual([path, true]);
    }
    const stolen = await attacker.open(authorizationRequest(app.issuer, rp, silent).url);
    expect([stolen.url.searchParams.get('code'), stolen.url.searchParams.get('error')]).toEqual([
      null,
      'login_required',
    ]);
  });

  test('one person cannot add to what another has shown', async () => {
    const one = await identified(HANH.national_id);
    await one.post('password', { password: HANH.password });
    const token = one.token();
    await one.post('identify', { csrf: token, national_id: KHOA.national_id });
    expect((await one.open(one.base)).step).toBe('code');
    expect((await one.post('code', { code: appCode(KHOA) })).step).toBe('code');
  });
});

describe('nothing typed comes back as markup', () => {
  const XSS = '"><script>alert(1)</script>{{7*7}}';
  test('in forms, addresses and parameters', async () => {
    const one = visitor();
    await one.arrive(rp, { login_hint: XSS, ui_locales: XSS, state: XSS, nonce: XSS, display: undefined });
    const pages = [one.page!];
    pages.push(await one.post('identify', { national_id: XSS }));
    pages.push(await one.open(`${one.base}?lang=${encodeURIComponent(XSS)}`));
    pages.push(await one.open(`/${encodeURIComponent(XSS)}`));
    pages.push(await one.open(`/sandbox/outbox?to=${encodeURIComponent(XSS)}`));
    pages.push(await one.open(authorizationRequest(app.issuer, rp, { prompt: XSS }).url));
    pages.push(await one.open(authorizationRequest(app.issuer, { ...rp, id: XSS }, {}).url));
    pages.push(
      await one.open(
        `/session/end?post_logout_redirect_uri=${encodeURIComponent(XSS)}&state=${encodeURIComponent(XSS)}`,
      ),
    );
    for (const page of pages) {
      expect([page.url.pathname, page.html.includes('<script>alert')]).toEqual([page.url.pathname, false]);
      expect(page.status).toBeLessThan(500);
      if (page.url.origin === app.issuer) expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    }
  });
});
