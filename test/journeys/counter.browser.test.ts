import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  addAuthenticator,
  allow,
  at,
  cardCodeOf,
  fill,
  messageTo,
  newestCode,
  openConsole,
  openTelephone,
  pictures,
  shownClaims,
  startAt,
  testPerson,
  withLentPasskey,
} from '../support/browser-person.ts';
import { startChromium } from '../support/chromium.ts';
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

const picture = pictures('counter');
const QUAN = testPerson('001203000012').citizen;
const HOA = testPerson('048192000003').citizen;

/** Hands on a keyboard, counted: a key is a key, what a scanner types is none. */
class Hands {
  keys = 0;
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    this.keys += keys.length;
  }
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    this.keys += text.length;
  }
  scan = (text: string): Promise<void> => this.page.keyboard.insertText(text);
  /** Tabs on to the field of that name. */
  async tabTo(name: string): Promise<void> {
    for (let i = 0; i < 8; i += 1) {
      await this.press('Tab');
      if ((await this.page.evaluate('document.activeElement.getAttribute("name")')) === name) return;
    }
    throw new Error(`the field ${name} is not reached by Tab`);
  }
}

async function telephone(): Promise<Page> {
  const page = await openTelephone(browser);
  await addAuthenticator(page);
  return page;
}

test('a case by keyboard alone, another officer grants it, the citizen activates on a phone and has LoA3', async () => {
  const counter = await openConsole(browser, sandbox, 'counter_officer');
  const hands = new Hands(counter);
  const from = Date.now();
  await hands.press('2');
  await at(counter, 'console-case-scan');
  await hands.scan(cardCodeOf(testPerson(QUAN.nationalId)));
  await hands.press('Enter');
  await at(counter, 'console-case-new');
  await picture(counter, 'compared');
  await hands.press('Space'); // card seen: the page begins there
  await hands.tabTo('face_match');
  await hands.scan('FM-2026-000777');
  await hands.tabTo('fingerprint_match');
  await hands.scan('FP-2026-000777');
  await hands.tabTo('consent');
  await hands.press('Space');
  await hands.tabTo('form_number');
  await hands.scan('TK01-000777');
  await hands.tabTo('phone');
  const prefilled = await counter.inputValue('input[name=phone]');
  if (prefilled === '') await hands.type(QUAN.phone!.replace('+84', '0'));
  await hands.press('Enter');
  await at(counter, 'console-case');
  process.stdout.write(`counter: ${hands.keys} keys, ${((Date.now() - from) / 1000).toFixed(1)} s without the hands\n`);
  expect(hands.keys).toBeLessThanOrEqual(15);
  await picture(counter, 'submitted');

  const approver = await openConsole(browser, sandbox, 'approver');
  await approver.goto(counter.url().replace(/\?.*/, ''));
  await at(approver, 'console-case');
  await picture(approver, 'to-decide');
  await approver.click('form[action$="/grant"] button');
  await approver.waitForSelector('.notice-green');
  await picture(approver, 'granted');

  const told = await messageTo(sandbox, QUAN.phone, /7 ngày/);
  expect(told).not.toMatch(/\b\d{6}\b/);
  const phone = await telephone();
  await phone.goto(`${sandbox.issuer}/activate`);
  await fill(phone, 'national_id', QUAN.nationalId);
  await at(phone, 'activate-code');
  await fill(phone, 'code', await newestCode(sandbox, QUAN.phone));
  await at(phone, 'activate-password');
  await fill(phone, 'password', 'dong-song-va-ben-do');
  await at(phone, 'activate-factor');
  await picture(phone, 'activate-factor');
  await phone.click('form[data-passkey=enrol] button[type=submit]');
  await at(phone, 'activate-done');

  await startAt(sandbox, phone, 2);
  await at(phone, 'consent'); // the passkey offers itself on the first page
  await allow(phone);
  const shown = await shownClaims(phone);
  expect(shown).toMatchObject({ name: QUAN.fullName, account_level: '02' });
  expect(shown['acr']).toContain('LoA3');
}, 120_000);

test('locks the own account while signed in at two portals: both let go within seconds', async () => {
  const phone = await telephone();
  const [services, health] = sandbox.portals;
  for (const portal of [0, 1]) {
    await startAt(sandbox, phone, portal);
    await phone.waitForSelector('main[data-step=identify], main[data-step=consent]');
    if (await phone.isVisible('main[data-step=identify]')) {
      await withLentPasskey(phone, HOA.fullName);
      await at(phone, 'consent');
    }
    await allow(phone);
    await phone.waitForSelector('[data-signed-in]');
  }
  await phone.goto(`${sandbox.issuer}/account/lock`);
  await at(phone, 'lock-account');
  await picture(phone, 'lock');
  await phone.click('main form button[type=submit]');
  await at(phone, 'locked');
  const from = Date.now();
  for (const portal of [services, health]) {
    do await phone.goto(portal);
    while (!(await phone.isVisible('[data-action=sign-in]')) && Date.now() < from + 15_000);
    expect(await phone.isVisible('[data-action=sign-in]')).toBe(true);
  }
  process.stdout.write(`lock: both portals let go within ${Date.now() - from} ms\n`);
  expect(Date.now() - from).toBeLessThan(5_000);
}, 90_000);
