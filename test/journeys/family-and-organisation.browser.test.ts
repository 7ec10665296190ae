import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  allow,
  at,
  cardCodeOf,
  fill,
  newestCode,
  openConsole,
  openTelephone,
  pictures,
  shownClaims,
  startAt,
  testPerson,
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

const picture = pictures('journeys');
const MINH = testPerson('079085000002');
const BACH = testPerson('079222000018');
const LIEN_HOA = testPerson('046187000010');
const Y_WON = testPerson('066204000014');
const GOM = 'Công ty trách nhiệm hữu hạn Gốm Sông Hồng';

/** Shows the page at this step as it is: nothing of it lies beside the screen. */
async function look(page: Page, step: string, name = step): Promise<void> {
  await at(page, step);
  await picture(page, name);
  const [shown, wide] = await page.evaluate<number[]>('[innerWidth, document.documentElement.scrollWidth]');
  expect([name, wide]).toEqual([name, shown]);
}
test("a father opens his son's account, activates it, and confirms its sign-in at a portal", async () => {
  const father = await openTelephone(browser);
  await father.goto(`${sandbox.issuer}/account`);
  await withPassword(father, MINH);
  await look(father, 'second-factor', 'family-01-second-factor');
  await father.click('button[value=totp]');
  await at(father, 'code');
  await fill(father, 'code', codesOf(MINH.account?.totpSecret ?? '')());
  await look(father, 'account', 'family-02-account');
  await father.click('a[href="/account/care"]');
  await look(father, 'care', 'family-03-care');
  await father.locator('article', { hasText: BACH.citizen.fullName }).locator('a.button').click();
  await look(father, 'care-request', 'family-04-request');
  await father.click('button[type=submit] >> nth=-1');
  await father.waitForSelector('#consent-error');
  await look(father, 'care-request', 'family-05-not-ticked');
  await father.check('#consent');
  await father.click('form[action="/account/care/request"] button');
  await look(father, 'care-person', 'family-06-granted');
  await father.click('form[action="/account/care/activate"] button');
  await look(father, 'activate-code', 'family-07-code');
  await fill(father, 'code', await newestCode(sandbox, MINH.citizen.phone, /kích hoạt/));
  await look(father, 'activate-password', 'family-08-password');
  await fill(father, 'password', 'con-cho-dom-ngoai-san');
  await look(father, 'activate-done', 'family-09-done');
  await father.click('main a.button-primary');
  await look(father, 'care', 'family-10-care');

  const son = await openTelephone(browser);
  await startAt(sandbox, son, 0);
  await at(son, 'identify');
  await fill(son, 'national_id', BACH.citizen.nationalId);
  await look(son, 'password', 'family-11-son-password');
  await fill(son, 'password', 'con-cho-dom-ngoai-san');
  await look(son, 'guardian', 'family-12-guardian');
  await son.click('form[action$="/guardian-send"] button');
  await son.waitForSelector('input[name=code]');
  await look(son, 'guardian', 'family-13-guardian-code');
  await fill(son, 'code', await newestCode(sandbox, MINH.citizen.phone, /Bách/));
  await look(son, 'consent', 'family-14-consent');
  await allow(son);
  const shown = await shownClaims(son);
  await picture(son, 'family-15-portal');
  expect(shown).toMatchObject({ name: BACH.citizen.fullName, account_level: '01' });
  expect(shown['acr']).toContain('LoA1');

  await father.locator('article', { hasText: BACH.citizen.fullName }).locator('a.button').click();
  await look(father, 'care-person', 'family-16-person');
  const outbox = await openTelephone(browser);
  await outbox.goto(`${sandbox.issuer}/sandbox/outbox?to=${encodeURIComponent(MINH.citizen.phone ?? '')}`);
  await picture(outbox, 'family-17-messages');
}, 120_000);

test('a representative chooses for whom; a portal that did not ask hears nothing of it', async () => {
  const page = await openTelephone(browser);
  await startAt(sandbox, page, 0);
  await at(page, 'identify');
  await withLentPasskey(page, LIEN_HOA.citizen.fullName);
  await look(page, 'consent', 'organisation-1-consent');
  const choices = page.locator('input[name=acting_for]');
  expect(await choices.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toEqual([
    'self',
    '9900000011',
  ]);
  expect(await page.locator('input[name=acting_for]:checked').count()).toBe(0);
  await allow(page);
  await page.waitForSelector('#acting_for-error');
  await look(page, 'consent', 'organisation-2-not-chosen');
  await page.getByLabel(GOM).check();
  await allow(page);
  const shown = await shownClaims(page);
  await picture(page, 'organisation-3-portal');
  expect(shown).toMatchObject({ name: LIEN_HOA.citizen.fullName, organisation: `${GOM} (9900000011)` });

  await startAt(sandbox, page, 1);
  await look(page, 'consent', 'organisation-4-other-consent');
  expect(await page.locator('input[name=acting_for]').count()).toBe(0);
  await allow(page);
  const other = await shownClaims(page);
  await picture(page, 'organisation-5-other-portal');
  expect(other).toMatchObject({ name: LIEN_HOA.citizen.fullName });
  expect(other).not.toHaveProperty('organisation');
  expect(await page.textContent('body')).not.toContain('Gốm');
}, 90_000);

test('a case refused by the approver: it says why, and the citizen has nothing to activate', async () => {
  const counter = await openConsole(browser, sandbox, 'counter_officer');
  await counter.keyboard.press('2');
  await at(counter, 'console-case-scan');
  await counter.keyboard.insertText(cardCodeOf(Y_WON));
  await counter.keyboard.press('Enter');
  await look(counter, 'console-case-new', 'refused-1-compared');
  for (const tick of ['card_seen', 'consent']) await counter.check(`input[name=${tick}]`);
  const typed = { face_match: 'FM-2026-000778', fingerprint_match: 'FP-2026-000778', form_number: 'TK01-000778', phone: '0597000014' }; // prettier-ignore
  for (const [name, value] of Object.entries(typed)) await counter.fill(`input[name=${name}]`, value);
  await counter.keyboard.press('Enter');
  await at(counter, 'console-case');

  const approver = await openConsole(browser, sandbox, 'approver');
  await approver.goto(counter.url().replace(/\?.*/, ''));
  const refuse = 'form[action$="/refuse"] button';
  await at(approver, 'console-case');
  await approver.click(refuse);
  await approver.waitForSelector('#code-error');
  await look(approver, 'console-case', 'refused-2-no-reason');
  await approver.selectOption('select[name=code]', 'not_the_person');
  await approver.fill('textarea[name=reason]', 'Ảnh chụp tại quầy không giống ảnh trên thẻ.');
  await approver.click(refuse);
  await approver.waitForSelector('form[action$="/refuse"]', { state: 'detached' });
  await look(approver, 'console-case', 'refused-3-refused');
  await counter.reload();
  await look(counter, 'console-case', 'refused-4-at-the-counter');
  expect(await counter.textContent('main')).toContain('không giống ảnh trên thẻ');

  const phone = await openTelephone(browser);
  await phone.goto(`${sandbox.issuer}/activate`);
  await fill(phone, 'national_id', Y_WON.citizen.nationalId);
  await look(phone, 'activate-code', 'refused-5-activate');
  await fill(phone, 'code', '123456');
  await phone.waitForSelector('input[name=code][aria-invalid=true]');
  await look(phone, 'activate-code', 'refused-6-no-code');
  await phone.goto(`${sandbox.issuer}/sandbox/outbox?to=${encodeURIComponent(Y_WON.citizen.phone ?? '')}`);
  await picture(phone, 'refused-7-messages');
  expect(await phone.textContent('main')).not.toMatch(/\b\d{6}\b/);
}, 90_000);
