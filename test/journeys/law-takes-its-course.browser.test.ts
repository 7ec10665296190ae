import { mkdirSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { officerOf } from '../officers/console.ts';
import { startChromium } from '../support/chromium.ts';
import { openHouse } from '../support/house.ts';
import type { Resident } from '../support/resident.ts';

const house = await openHouse();
const chromium: Browser = await startChromium();
afterAll(() => chromium.close());

const PICTURES = '.gallery/law';
mkdirSync(PICTURES, { recursive: true });
const picture = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
};
const at = (page: Page, step: string): Promise<unknown> => page.waitForSelector(`main[data-step="${step}"]`);
const newPage = async (width: number): Promise<Page> =>
  (await chromium.newContext({ locale: 'vi-VN', viewport: { width, height: 844 } })).newPage();
async function fill(page: Page, name: string, value: string): Promise<void> {
  await page.fill(`input[name=${name}]`, value);
  await page.click(`form:has(input[name=${name}]) button[type=submit]`);
}

async function officer(role: Parameters<typeof officerOf>[0]): Promise<Page> {
  const page = await newPage(1280);
  await page.goto(`${house.issuer}/console`);
  const choice = page.locator('[data-sandbox-passkey=assert] select');
  const label = await choice.locator('option', { hasText: officerOf(role).name }).textContent();
  await choice.selectOption({ label: label! });
  await page.locator('[data-sandbox-passkey] button').click();
  await at(page, 'console-start');
  return page;
}
async function until(look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await look());) if (Date.now() > end) throw new Error('it did not come');
}
const textsTo = async (phone: string) => (await house.outbox(phone)).map(({ text }) => text);

/** Opens the own account by password and app. */
async function signIn(page: Page, who: Pick<Resident, 'nationalId' | 'password' | 'appCode'>): Promise<void> {
  await page.goto(`${house.issuer}/account`);
  await at(page, 'identify');
  await fill(page, 'national_id', who.nationalId);
  await at(page, 'password');
  await fill(page, 'password', who.password);
  await withApp(page, who);
}
async function withApp(page: Page, { appCode }: Pick<Resident, 'appCode'>): Promise<void> {
  await page.waitForSelector('main[data-step=second-factor], main[data-step=code]');
  if (await page.isVisible('button[value=totp]')) await page.click('button[value=totp]');
  await at(page, 'code');
  await fill(page, 'code', appCode());
}

test('eight days later nothing but the help desk opens the way to an account', async () => {
  const person = house.newcomer();
  const counter = await officer('counter_officer');
  await counter.goto(`${house.issuer}/console/cases/new`);
  await fill(counter, 'scanned', person.nationalId);
  await at(counter, 'console-case-new');
  for (const tick of ['card_seen', 'consent']) await counter.check(`input[name=${tick}]`);
  await counter.fill('input[name=face_match]', 'FM-2026-000888');
  await counter.fill('input[name=fingerprint_match]', 'FP-2026-000888');
  await fill(counter, 'form_number', 'TK01-000888');
  await at(counter, 'console-case');
  const number = /HS[\s\u00A0]\d{3}[\s\u00A0]\d{3}/.exec((await counter.textContent('h1')) ?? '')![0];
  const approver = await officer('approver');
  await approver.goto(counter.url());
  await approver.click('form[action$="/grant"] button');
  await approver.waitForSelector('.notice-green');
  await until(async () => (await textsTo(person.phone)).some((text) => text.includes('7 ngày')));

  await house.deps.db.query("UPDATE account_invitation SET expires_at = expires_at - interval '8 days'");
  const phone = await newPage(390);
  await phone.goto(`${house.issuer}/activate`);
  await fill(phone, 'national_id', person.nationalId);
  await at(phone, 'activate-code');
  await until(async () => (await textsTo(person.phone)).length === 2);
  const [told] = await textsTo(person.phone);
  expect(told).not.toMatch(/\b\d{6}\b/);
  await picture(phone, 'too-late');

  const desk = await officer('help_desk');
  await desk.goto(`${house.issuer}/console/invitations`);
  await desk.fill('input[name=case_number]', number);
  await desk.selectOption('select[name=reason]', { index: 1 });
  await picture(desk, 'renew');
  await desk.click('main form button[type=submit]');
  await desk.waitForSelector('.notice-green');
  await until(async () => (await textsTo(person.phone)).length === 3);
}, 120_000);

test('a death: the open page is shut at the next step, and nobody comes in again', async () => {
  const resident = await house.resident({ passkey: false });
  const page = await newPage(390);
  await signIn(page, resident);
  await at(page, 'account');
  await house.registry.call('/sandbox/happenings', { kind: 'death', national_id: resident.nationalId });
  await until(async () => {
    await page.goto(`${house.issuer}/account/history`);
    return page.isVisible('main[data-step=identify]');
  });
  await fill(page, 'national_id', resident.nationalId);
  await at(page, 'password');
  await fill(page, 'password', resident.password);
  await withApp(page, resident);
  await at(page, 'unavailable');
  await picture(page, 'death');
  expect(await textsTo(resident.phone)).toEqual([]);
}, 90_000);

test('a number re-established: the new one comes in to the same account, the old one does not', async () => {
  const resident = await house.resident({ passkey: false });
  const answer = await house.registry.call('/sandbox/happenings', {
    kind: 'number_reestablished',
    national_id: resident.nationalId,
  });
  const { change } = (await answer.json()) as { change: { new_national_id: string } };
  await until(async () => {
    const { rows } = await house.deps.db.query(
      "SELECT 1 FROM audit_event WHERE kind = 'account.number_reestablished' AND account_id = $1",
      [resident.subject],
    );
    return rows.length === 1;
  });
  const page = await newPage(390);
  await signIn(page, { ...resident, nationalId: change.new_national_id });
  await at(page, 'account');
  await picture(page, 'new-number');
  const old = await newPage(390);
  await old.goto(`${house.issuer}/account`);
  await fill(old, 'national_id', resident.nationalId);
  await at(old, 'password');
  await fill(old, 'password', resident.password);
  await old.waitForSelector('main[data-step=password] .wrong');
}, 90_000);
