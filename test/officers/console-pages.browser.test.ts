import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { OFFICER_ROLES } from '../../src/officers/officer-permissions.policy.ts';
import { TEST_PEOPLE } from '../../src/sandbox/people.ts';
import { startChromium } from '../support/chromium.ts';
import { openHouse } from '../support/house.ts';
import { officerOf } from './console.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const house = await openHouse();
const chromium: Browser = await startChromium();
afterAll(() => chromium.close());

async function signIn({ name }: { name: string }): Promise<Page> {
  const context = await chromium.newContext({ locale: 'vi', viewport: { width: 1280, height: 844 } });
  const tab = await context.newPage();
  await tab.goto(`${house.issuer}/console`);
  const choice = tab.locator('[data-sandbox-passkey=assert] select');
  const label = await choice.locator('option', { hasText: name }).textContent();
  await choice.selectOption({ label: label! });
  await tab.locator('[data-sandbox-passkey] button').click();
  await tab.waitForSelector('[data-step="console-start"]');
  return tab;
}

const stepOf = (tab: Page) => tab.getAttribute('main', 'data-step');

/** What axe finds on the page at hand, and what Tab alone does not reach or does not show that it reached. */
async function faultsOf(tab: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: tab }).setLegacyMode(true).withTags(WCAG).analyze();
  const targets = await tab.evaluate<string[]>(`{
    document.activeElement.blur();
    getSelection().removeAllRanges();
    scrollTo(0, 0);
    const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
      .filter((one) => one.checkVisibility() && !one.disabled);
    globalThis.reached = {};
    document.addEventListener('focusin', ({ target }) => {
      const { outlineStyle, boxShadow } = getComputedStyle(target);
      // the browser itself rings the calendar's button within a date
      const isSeen = outlineStyle !== 'none' || boxShadow !== 'none' || target.type === 'date';
      globalThis.reached[targets.indexOf(target)] = isSeen;
    });
    targets.map((one) => one.outerHTML.slice(0, 90));
  }`);
  // days, months and years of a date are stops of their own
  for (let i = 0; i < targets.length + 12; i += 1) await tab.keyboard.press('Tab');
  const reached = await tab.evaluate<Readonly<Record<number, boolean>>>('globalThis.reached');
  const step = await stepOf(tab);
  return [
    ...violations.map(({ id, nodes }) => `${step}: ${id} ${nodes[0]?.html}`),
    ...targets.flatMap((html, i) => (reached[i] === undefined ? [`${step}: not reached ${html}`] : [])),
    ...targets.flatMap((html, i) => (reached[i] === false ? [`${step}: focus not seen ${html}`] : [])),
  ];
}

/** Types into the fields by Tab from the first one on, and sends with Enter on the last button. */
async function fillByKeyboard(tab: Page, values: Record<string, string>): Promise<void> {
  await tab.evaluate(
    `document.activeElement.blur(); document.querySelector('main form').querySelector('input:not([type=hidden]), select, textarea').focus()`,
  );
  for (let i = 0; i < 60; i += 1) {
    const [name, type] = await tab.evaluate<string[]>(
      '[document.activeElement.name ?? "", document.activeElement.type ?? ""]',
    );
    const value = values[name ?? ''];
    if (value !== undefined && type === 'select-one') {
      await tab.keyboard.press('Home');
      const chosen = () => tab.evaluate('document.activeElement.value');
      for (let step = 0; step < 10 && (await chosen()) !== value; step += 1) await tab.keyboard.press('ArrowDown');
    } else if (value !== undefined && type === 'date') {
      // the order of its parts is the machine's; filling it goes back to the first of them
      if ((await tab.inputValue(`[name=${name}]`)) !== value) await tab.fill(`[name=${name}]`, value);
    } else if (value !== undefined) await tab.keyboard.type(value);
    if (
      await tab.evaluate('document.activeElement.type === "submit" && document.activeElement.closest("main") !== null')
    )
      break;
    await tab.keyboard.press('Tab');
  }
  await tab.keyboard.press('Enter');
}

test('a portal is written down, confirmed, closed and opened by the keyboard alone; what it held ends at once', async () => {
  const [son, quynh] = [await signIn(officerOf('portal_registrar', 0)), await signIn(officerOf('portal_registrar', 1))];
  const faults: string[] = [];
  await son.keyboard.press('2');
  await son.waitForSelector('[data-step="console-portals"]');
  faults.push(...(await faultsOf(son)));
  await son.keyboard.press('n');
  await son.waitForSelector('[data-step="console-portal-register"]');
  faults.push(...(await faultsOf(son)));
  await fillByKeyboard(son, {
    portal_id: 'so-tu-phap',
    name_vi: 'Sở Tư pháp',
    name_en: 'Department of Justice',
    authority_vi: 'Sở Tư pháp Hà Nội',
    authority_en: 'Hà Nội Department of Justice',
    agreement_number: '12/2026/TT-C06',
    agreement_signed_on: '2026-07-01',
    purpose_vi: 'Cấp bản sao hộ tịch',
    purpose_en: 'To issue copies',
    minimum_acr: 'LoA1',
    claim_name: 'required',
    home_url: 'https://tu-phap.example/',
    redirect_uris: 'https://tu-phap.example/callback',
    token_endpoint_auth_method: 'client_secret_basic',
    policy_uri: 'https://tu-phap.example/policy',
  });
  await son.waitForSelector('[data-step="console-portal-proposal"], .errors');
  expect(await son.locator('.errors li').allTextContents()).toEqual([]);
  faults.push(...(await faultsOf(son)));

  await quynh.goto(son.url());
  faults.push(...(await faultsOf(quynh)));
  await fillByKeyboard(quynh, { record: '45/BB-C06' });
  await quynh.waitForSelector('[data-step="console-portal-secret"]');
  faults.push(...(await faultsOf(quynh)));
  await quynh.keyboard.press('Escape');
  await quynh.waitForSelector('[data-step="console-portal"]');
  faults.push(...(await faultsOf(quynh)));
  const citizen = await (await chromium.newContext({ locale: 'vi' })).newPage();
  const ask = `${house.issuer}/auth?client_id=so-tu-phap&response_type=code&scope=openid&redirect_uri=https://tu-phap.example/callback&code_challenge=${'a'.repeat(43)}&code_challenge_method=S256`;
  await citizen.goto(ask);
  await citizen.waitForSelector('[data-step="identify"] >> text=Sở Tư pháp');
  expect(await citizen.getAttribute('.portal-links a', 'href')).toBe('https://tu-phap.example/policy');

  await quynh.goto(`${house.issuer}/console/portals/id/so-tu-phap/disable`);
  faults.push(...(await faultsOf(quynh)));
  await fillByKeyboard(quynh, { reason: 'incident', document: '125/TB-C06' });
  await quynh.waitForSelector('[data-step="console-portal"] .state-red');
  await citizen.goto(ask);
  await citizen.waitForSelector('[data-step="error"]');
  await quynh.goto(`${house.issuer}/console/portals/id/so-tu-phap/enable`);
  faults.push(...(await faultsOf(quynh)));
  await quynh.focus('main button');
  await quynh.keyboard.press('Enter');
  await quynh.waitForSelector('[data-step="console-portal"] .state-green');
  await citizen.goto(ask);
  await citizen.waitForSelector('[data-step="identify"]');
  expect(faults).toEqual([]);
}, 120_000);

/** Finds a person, says why, and takes in a letter about them; gives back the person's page. */
async function openPerson(tab: Page): Promise<string> {
  const person = TEST_PEOPLE.find(({ account }) => account?.level === '02' && account.state === 'active');
  await tab.goto(`${house.issuer}/console/people`);
  await fillByKeyboard(tab, { by: 'national_id', value: person!.citizen.nationalId });
  await tab.locator('main a[href^="/console/people/"]').first().press('Enter');
  await tab.waitForSelector('#reason');
  const url = tab.url();
  await fillByKeyboard(tab, { reason: 'holder_at_counter', document: 'TK03-2026/17' });
  await tab.waitForSelector('[data-step="console-person"]');
  await tab.goto(`${url}/request`);
  await fillByKeyboard(tab, {
    asks: 'lock',
    authority: 'Công an quận',
    document: '125/CAT-CSHS',
    arrived_on: '2026-11-20',
  });
  await tab.waitForSelector('[data-step="console-person"]');
  return url;
}

test('every page of the console that its roles reach: axe finds nothing, and Tab reaches everything and shows it', async () => {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const role of OFFICER_ROLES) {
    const tab = await signIn(officerOf(role));
    const waiting = [tab.url()];
    if (role === 'counter_officer') waiting.push(await openPerson(tab));
    const visited = new Set<string>();
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      // one page of each pattern is enough
      const pattern = new URL(url).pathname.replaceAll(/[0-9a-f-]{36}|(?<=\/id\/)[\w-]+/g, ':id');
      if (visited.has(pattern)) continue;
      visited.add(pattern);
      await tab.goto(url);
      const links = await tab.evaluate<string[]>(
        '[...document.querySelectorAll("main a, nav a")].map((one) => one.href)',
      );
      waiting.push(
        ...links.filter((link) => link.startsWith(`${house.issuer}/console`) && !/export|\.json|lang=/.test(link)),
      );
      const step = String(await stepOf(tab));
      if (seen.has(step)) continue;
      seen.add(step);
      faults.push(...(await faultsOf(tab)));
    }
    await tab.context().close();
  }
  process.stdout.write(`pages walked: ${[...seen].toSorted((a, b) => a.localeCompare(b)).join(' ')}\n`);
  expect(faults).toEqual([]);
  expect(seen.size).toBeGreaterThan(15);
}, 240_000);
