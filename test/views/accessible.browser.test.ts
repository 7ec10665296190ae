import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { LOCALES } from '../../src/http/locale.ts';
import { startChromium } from '../support/chromium.ts';
import type { EdgeServer } from '../support/edge-server.ts';
import { startExampleServer } from '../support/example-server.ts';
import { examples } from '../support/view-models.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The dark pages are the light ones but for their colours. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
/** Each has a process of its own. */
const TABS = 2;
const shown = examples();
let server: EdgeServer;
let browser: Browser;

beforeAll(async () => {
  server = await startExampleServer(shown);
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const appearances = LOCALES.flatMap((locale) => (['light', 'dark'] as const).map((theme) => ({ locale, theme })));

test.each(appearances)(
  'axe finds nothing at WCAG 2.2 AA on any page ($locale, $theme)',
  async ({ locale, theme }) => {
    const found: string[] = [];
    const walk = async (remainder: number): Promise<void> => {
      const context = await browser.newContext({ locale, colorScheme: theme, viewport: { width: 390, height: 844 } });
      const { tab, complaints } = await listeningPage(context);
      for (const [index, { view, state }] of shown.entries()) {
        if (index % TABS !== remainder) continue;
        await tab.goto(addressOf(index));
        // legacy mode spares axe a second tab a page; there are no frames here
        const axe = new AxeBuilder({ page: tab }).setLegacyMode(true);
        const { violations } = await (theme === 'light' ? axe.withTags(WCAG) : axe.withRules(OF_COLOUR)).analyze();
        found.push(...violations.map(({ id, nodes }) => `${view} ${state}: ${id} ${nodes[0]?.html}`));
      }
      await context.close();
      found.push(...complaints);
    };
    await Promise.all(Array.from({ length: TABS }, (_, remainder) => walk(remainder)));
    expect(found).toEqual([]);
  },
  600_000,
);

test.each([
  { name: '320 px', locale: 'vi', width: 320, text: '112.5%' },
  { name: '320 px in English', locale: 'en', width: 320, text: '112.5%' },
  { name: 'text at 200 %', locale: 'vi', width: 640, text: '225%' },
])(
  'nothing scrolls sideways: $name',
  async ({ locale, width, text }) => {
    const context = await browser.newContext({ locale, viewport: { width, height: 640 } });
    const tab = await context.newPage();
    const wide: string[] = [];
    for (const [index, { view, state }] of shown.entries()) {
      await tab.goto(addressOf(index));
      const over = await tab.evaluate(`
        document.documentElement.style.fontSize = '${text}';
        document.documentElement.scrollWidth - document.documentElement.clientWidth`);
      if (Number(over) > 0) wide.push(`${view} ${state}: ${String(over)} px`);
    }
    await context.close();
    expect(wide).toEqual([]);
  },
  300_000,
);

test('every target is at least 24 px, and every button 48 px high', async () => {
  const context = await browser.newContext({ locale: 'vi', viewport: { width: 390, height: 844 } });
  const tab = await context.newPage();
  const small: unknown[] = [];
  for (const [index, { view, state }] of shown.entries()) {
    await tab.goto(addressOf(index));
    const low = await tab.evaluate(`
      [...document.querySelectorAll('button, .button, .input')]
        .filter((target) => target.offsetParent && target.offsetHeight < 48)
        .map((target) => target.outerHTML.slice(0, 80))`);
    if (Array.isArray(low) && low.length > 0) small.push({ view, state, low });
  }
  await context.close();
  expect(small).toEqual([]);
}, 300_000);

test('the error summary takes the focus, with and without script', async () => {
  const index = shown.findIndex(({ view, state }) => view === 'sign-in/password' && state === 'wrong');
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const tab = await context.newPage();
    await tab.goto(addressOf(index));
    await tab.keyboard.press('Tab');
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/#password$/);
    await context.close();
  }
});

test('without script no passkey is offered, and the page says why', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'vi' });
  const tab = await context.newPage();
  await tab.goto(addressOf(shown.findIndex(({ view }) => view === 'sign-in/passkey')));
  expect(await tab.locator('form[data-passkey]').isVisible()).toBe(false);
  expect(await tab.locator('[data-passkey-missing]').isVisible()).toBe(true);
  await context.close();
});

const addressOf = (index: number): string => new URL(`/example/${index}`, server.issuer).href;

/** A tab that collects what the browser refuses: a violation of the content security policy, a missing file. */
async function listeningPage(context: BrowserContext): Promise<{ tab: Page; complaints: string[] }> {
  const tab = await context.newPage();
  const complaints: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(error.message));
  return { tab, complaints };
}
