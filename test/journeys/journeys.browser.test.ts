import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { TestPerson } from '../../src/sandbox/test-person.ts';
import {
  addAuthenticator,
  allow,
  at,
  fill,
  newestCode,
  openTelephone,
  shownClaims,
  startAt,
  testPerson,
  withApp,
  withLentPasskey,
  withPassword,
} from '../support/browser-person.ts';
import { startChromium } from '../support/chromium.ts';
import { codesOf } from '../support/resident.ts';
import { type RunningSandbox, startSandbox } from '../support/start-sandbox.ts';

let sandbox: RunningSandbox;
let browser: Browser;
beforeAll(async () => {
  sandbox = await startSandbox();
  browser = await startChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const [LAN, MINH, HOA, UT, ANH, QUAN] = ['001190000001', '079085000002', '048192000003', '086060000007', '056195000008', '001203000012'].map(testPerson) as [TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson]; // prettier-ignore

/** A telephone in somebody's hand. Every page it shows must fit its width, and load nothing from elsewhere. */
async function telephone(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openTelephone(browser, options);
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== 'localhost') foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return page;
}
const foreign: string[] = [];
const complaints: string[] = [];

async function isSignedIn(page: Page, portal: number): Promise<Record<string, string>> {
  const shown = await shownClaims(page);
  expect(new URL(page.url()).origin).toBe(sandbox.portals[portal]);
  return shown;
}

/** What comes by the back door takes a moment. */
async function comesTrue(look: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 15_000; !(await look());) {
    if (Date.now() > until) throw new Error('it did not come true in time');
  }
}

describe('on a telephone', () => {
  test('app at LoA2, on to LoA1 without typing, and signing out of one ends both', async () => {
    const page = await telephone();
    await startAt(sandbox, page, 1);
    await withApp(page, MINH);
    await at(page, 'consent');
    await allow(page);
    const health = await isSignedIn(page, 1);
    expect(health).toMatchObject({ name: MINH.citizen.fullName, account_level: '02' });
    expect(health['acr']).toContain('LoA2');
    await startAt(sandbox, page, 0);
    await at(page, 'consent');
    await allow(page);
    expect((await isSignedIn(page, 0))['acr']).toContain('LoA2');
    await page.click('[data-action=sign-out]');
    await at(page, 'sign-out');
    await page.click('button[name=logout]');
    await page.waitForSelector('[data-message=signed_out]');
    await comesTrue(async () => {
      await page.goto(sandbox.portals[1]);
      return page.isVisible('[data-action=sign-in]');
    });
    await page.click('[data-action=sign-in]');
    await at(page, 'identify');
    await page.context().close();
  }, 90_000);

  test('a step up to LoA3: makes a passkey there, uses it, and later signs in with nothing else', async () => {
    const page = await telephone();
    const { session, authenticatorId } = await addAuthenticator(page);
    await startAt(sandbox, page, 0);
    await withPassword(page, ANH);
    await at(page, 'second-factor');
    await page.click('button[value=totp]');
    await at(page, 'code');
    await fill(page, 'code', codesOf(ANH.account?.totpSecret ?? '')());
    await at(page, 'consent');
    await allow(page);
    await isSignedIn(page, 0);
    await startAt(sandbox, page, 2);
    await at(page, 'passkey-enrol');
    await page.click('form[data-passkey=enrol] button[type=submit]');
    await at(page, 'passkey');
    await page.click('form[data-passkey=assert] button[type=submit]');
    await at(page, 'consent');
    await allow(page);
    expect((await isSignedIn(page, 2))['acr']).toContain('LoA3');

    const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
    const other = await telephone();
    const device = await addAuthenticator(other);
    await startAt(sandbox, other, 2);
    await at(other, 'identify');
    const [credential] = credentials;
    if (!credential) throw new Error('no passkey was made');
    await device.session.send('WebAuthn.addCredential', { authenticatorId: device.authenticatorId, credential });
    await other.reload(); // the passkey offers itself in the number field; this device says yes at once
    expect((await isSignedIn(other, 2))['acr']).toContain('LoA3');
    await page.context().close();
    await other.context().close();
  }, 90_000);

  test('a newcomer registers on the way to a portal, and arrives', async () => {
    const page = await telephone();
    await startAt(sandbox, page, 0);
    await at(page, 'identify');
    await page.click('a[href^="/register"]');
    await at(page, 'register');
    const { nationalId, fullName, birthDate, card, phone } = QUAN.citizen;
    const [birthYear, birthMonth, birthDay] = birthDate.split('-');
    const [issuedYear, issuedMonth, issuedDay] = (card.issuedOn ?? '').split('-');
    const typed = { national_id: nationalId, full_name: fullName, phone, birth_day: birthDay, birth_month: birthMonth, birth_year: birthYear, issued_day: issuedDay, issued_month: issuedMonth, issued_year: issuedYear }; // prettier-ignore
    for (const [name, value] of Object.entries(typed)) await page.fill(`input[name=${name}]`, value ?? '');
    await page.click('form[action="/register"] button[type=submit]');
    await at(page, 'register-code');
    await fill(page, 'code', await newestCode(sandbox, QUAN.citizen.phone));
    await at(page, 'register-password');
    await fill(page, 'password', 'canh-dieu-no-gio');
    await at(page, 'register-done');
    await page.click('main a.button-primary');
    const quan = { ...QUAN, account: { level: '01', state: 'active', password: 'canh-dieu-no-gio' } } as const;
    await withPassword(page, quan);
    await at(page, 'code');
    await fill(page, 'code', await newestCode(sandbox, QUAN.citizen.phone));
    await at(page, 'consent');
    await allow(page);
    expect(await isSignedIn(page, 0)).toMatchObject({ name: fullName, account_level: '01' });
    await page.context().close();
  }, 90_000);

  test('says no to a portal, and goes wrong until the code is locked', async () => {
    const page = await telephone();
    await startAt(sandbox, page, 1);
    await withApp(page, UT);
    await at(page, 'consent');
    await page.click('button[name=decision][value=deny]');
    await page.waitForSelector('[data-message=access_denied]');
    const other = await telephone();
    await startAt(sandbox, other, 1);
    await withPassword(other, UT);
    await at(other, 'code');
    for (let i = 0; i < 5; i += 1) {
      await fill(other, 'code', `00000${i}`);
      await other.waitForSelector('input[name=code][aria-invalid=true]');
    }
    await fill(other, 'code', '000009');
    await other.waitForSelector('main[data-step=code]:not(:has(input[name=code]))');
    await page.context().close();
    await other.context().close();
  }, 90_000);

  test('without a device that has passkeys: the sandbox lends its own', async () => {
    const page = await telephone();
    await startAt(sandbox, page, 2);
    await at(page, 'identify');
    await withLentPasskey(page, HOA.citizen.fullName);
    await at(page, 'consent');
    await allow(page);
    expect(await isSignedIn(page, 2)).toMatchObject({ name: HOA.citizen.fullName });
    await page.context().close();
  }, 60_000);

  test('without JavaScript: password and a code by SMS', async () => {
    const page = await telephone({ javaScriptEnabled: false });
    await startAt(sandbox, page, 0);
    await withPassword(page, LAN);
    await at(page, 'code');
    await fill(page, 'code', await newestCode(sandbox, LAN.citizen.phone));
    await at(page, 'consent');
    await allow(page);
    expect((await isSignedIn(page, 0))['acr']).toContain('LoA1');
    await page.context().close();
  }, 60_000);

  test('nothing was loaded from elsewhere, and no page broke its own rules', () => {
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
