import { mkdirSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../support/chromium.ts';
import { openHouse } from '../support/house.ts';
import { officerOf } from './console.ts';

const house = await openHouse();
const chromium: Browser = await startChromium();
afterAll(() => chromium.close());
const PICTURES = '.gallery/console';
mkdirSync(PICTURES, { recursive: true });

const picture = async (tab: Page, name: string) => {
  for (const width of [1280, 390]) {
    await tab.setViewportSize({ width, height: 844 });
    await tab.screenshot({ path: `${PICTURES}/${name}-${width}.png`, fullPage: true });
    const wide = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect([name, width, wide]).toEqual([name, width, 0]);
  }
  await tab.setViewportSize({ width: 1280, height: 844 });
};

/** A new browser whose officer chose the key of that name in the sandbox's list. */
async function signIn(name: string): Promise<Page> {
  const context = await chromium.newContext({ locale: 'vi', viewport: { width: 1280, height: 844 } });
  const tab = await context.newPage();
  await tab.goto(`${house.issuer}/console`);
  await useKey(tab, name);
  await tab.waitForSelector('[data-step="console-start"]');
  return tab;
}

async function useKey(tab: Page, name: string): Promise<void> {
  const choice = tab.locator('[data-sandbox-passkey=assert] select');
  const label = await choice.locator('option', { hasText: name }).textContent();
  await choice.selectOption({ label: label! });
  await tab.locator('[data-sandbox-passkey] button').click();
}

test('an administrator invites by keyboard, another confirms, the officer makes a passkey and comes in', async () => {
  const fresh = await chromium.newPage();
  await fresh.goto(`${house.issuer}/console`);
  await fresh.waitForSelector('[data-sandbox-passkey]');
  await picture(fresh, 'sign-in');

  const bao = await signIn(officerOf('security_administrator', 0).name);
  await picture(bao, 'start');
  await bao.keyboard.press('2');
  await bao.waitForSelector('[data-step="console-officers"]');
  await picture(bao, 'officers');
  await bao.keyboard.press('n');
  await bao.waitForSelector('[data-step="console-invite"]');
  await bao.fill('#name', 'Hoàng Thị Mới');
  await bao.keyboard.press('Escape');
  await bao.keyboard.press('Escape');
  await bao.waitForSelector('[data-step="console-officers"]');
  await bao.keyboard.press('n');
  await bao.waitForSelector('[data-step="console-invite"]');
  await bao.fill('#name', 'Hoàng Thị Mới');
  await bao.selectOption('#role', 'counter_officer');
  await bao.selectOption('#office', 'hoan-kiem');
  await bao.focus('#name');
  await bao.keyboard.press('Enter');
  await bao.waitForSelector('[data-step="console-officers"] .notice');

  const oanh = await signIn(officerOf('security_administrator', 1).name);
  await oanh.goto(`${house.issuer}/console/officers?state=invited`);
  await oanh.click('text=Hoàng Thị Mới');
  await oanh.waitForSelector('[data-step="console-officer"]');
  await picture(oanh, 'officer');
  await oanh.getByRole('link', { name: 'Xác nhận', exact: true }).click();
  await oanh.waitForSelector('[data-step="console-confirm"]');
  await picture(oanh, 'confirm');
  await oanh.click('main button');
  await oanh.waitForSelector('[data-step="console-link"]');
  const link = await oanh.textContent('code.copy');
  await picture(oanh, 'link');

  await fresh.goto(link!);
  await fresh.waitForSelector('[data-sandbox-passkey=enrol]');
  await picture(fresh, 'enrol');
  await fresh.click('[data-sandbox-passkey=enrol] button');
  await fresh.waitForSelector('[data-step="officer-enrolled"]');
  await fresh.click('main a');
  await useKey(fresh, 'Hoàng Thị Mới');
  await fresh.waitForSelector('[data-step="console-start"]');
  expect(await fresh.textContent('.console-who')).toContain('Hoàng Thị Mới');

  await fresh.goto(`${house.issuer}/console/officers`);
  await fresh.waitForSelector('[data-step="error"]');
  await picture(fresh, 'forbidden');
  await fresh.click('.console-who button');
  await fresh.waitForSelector('[data-step="officer-sign-in"]');
}, 90_000);

test('a citizen’s key is not in the officers’ list, nor the other way round', async () => {
  const tab = await chromium.newPage();
  await tab.goto(`${house.issuer}/console`);
  const officers = await tab.locator('[data-sandbox-passkey] option').allTextContents();
  expect(officers).toHaveLength(11);
  await tab.goto(`${house.issuer}/account`);
  const people = await tab.locator('[data-sandbox-passkey] option').allTextContents();
  expect(people.filter((name) => officers.includes(name))).toEqual([]);
});

test('shortcuts can be turned off, and stay off', async () => {
  const tab = await signIn(officerOf('security_administrator', 0).name);
  await tab.click('[data-keys-switch]');
  await tab.reload();
  await tab.keyboard.press('2');
  await tab.waitForTimeout(300);
  expect(new URL(tab.url()).pathname).toBe('/console');
  await tab.click('[data-keys-switch]');
  await tab.keyboard.press('2');
  await tab.waitForSelector('[data-step="console-officers"]');
});
