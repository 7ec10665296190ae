import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { TEST_STAFF } from '../../src/sandbox/officers.ts';
import { TEST_PEOPLE } from '../../src/sandbox/people.ts';
import type { TestPerson } from '../../src/sandbox/test-person.ts';
import { codesOf } from './resident.ts';
import type { RunningSandbox } from './start-sandbox.ts';

/** The ready-made person with this number. */
export function testPerson(nationalId: string): TestPerson {
  const found = TEST_PEOPLE.find(({ citizen }) => citizen.nationalId === nationalId);
  if (!found) throw new Error(`${nationalId} is nobody of the sandbox`);
  return found;
}

/** A telephone in somebody's hand: a browser of its own, 390 pixels wide. */
export async function openTelephone(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'vi-VN',
    hasTouch: true,
    ...options,
  });
  return context.newPage();
}

/** What the telephone unlocks with a finger. */
export async function addAuthenticator(page: Page): Promise<{ session: CDPSession; authenticatorId: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

/** Resolves when the page of that step is shown. */
export const at = (page: Page, step: string): Promise<unknown> => page.waitForSelector(`main[data-step="${step}"]`);

/** Opens the demo portal of that index and asks it to sign in. */
export async function startAt({ portals }: RunningSandbox, page: Page, portal: number): Promise<void> {
  await page.goto(portals[portal] ?? '');
  await page.click('[data-action=sign-in]');
}

/** Types into the field of that name and sends its form. */
export async function fill(page: Page, name: string, value: string): Promise<void> {
  await page.fill(`input[name=${name}]`, value);
  await page.click(`form:has(input[name=${name}]) button[type=submit]`);
}

export const allow = (page: Page): Promise<void> => page.click('button[name=decision][value=allow]');

/** From the page that asks for the number, with what the person knows. */
export async function withPassword(page: Page, { citizen, account }: TestPerson): Promise<void> {
  await at(page, 'identify');
  await fill(page, 'national_id', citizen.nationalId);
  await at(page, 'password');
  await fill(page, 'password', account?.password ?? '');
}

/** The same, and the code of the person's app. */
export async function withApp(page: Page, who: TestPerson): Promise<void> {
  await withPassword(page, who);
  await at(page, 'code');
  await fill(page, 'code', codesOf(who.account?.totpSecret ?? '')());
}

/** With the passkey that the sandbox keeps for the person of that name. */
export async function withLentPasskey(page: Page, name: string): Promise<void> {
  const choice = page.locator('[data-sandbox-passkey=assert] select');
  const label = await choice.locator('option', { hasText: name }).textContent();
  await choice.selectOption({ label: label ?? '' });
  await page.locator('[data-sandbox-passkey=assert] button').click();
}

/** What the portal shows of the person it knows, by the names of the claims. */
export async function shownClaims(page: Page): Promise<Record<string, string>> {
  await page.waitForSelector('[data-signed-in]');
  const shown = await page.$$eval('dd[data-claim]', (all) =>
    all.map((dd) => [dd.getAttribute('data-claim') ?? '', dd.textContent ?? ''] as const),
  );
  return Object.fromEntries(shown);
}

/** The newest message to the phone with these words in it, waited for: what comes by the back door takes a moment. */
export async function messageTo({ issuer }: RunningSandbox, phone: string | undefined, words: RegExp): Promise<string> {
  for (const until = Date.now() + 15_000; Date.now() < until;) {
    const answer = await fetch(`${issuer}/sandbox/outbox.json?to=${encodeURIComponent(phone ?? '')}`);
    const found = ((await answer.json()) as { text: string }[]).find(({ text }) => words.test(text));
    if (found) return found.text;
  }
  throw new Error('no such message came');
}

/** The code in the newest message with one. */
export const newestCode = async (
  sandbox: RunningSandbox,
  phone: string | undefined,
  words = /\b\d{6}\b/,
): Promise<string> => /\b\d{6}\b/.exec(await messageTo(sandbox, phone, words))?.[0] ?? 'no code was sent';

/** An officer of that role, signed in at a desk. */
export async function openConsole(browser: Browser, { issuer }: RunningSandbox, role: string): Promise<Page> {
  const officer = TEST_STAFF.officers.find((one) => one.role === role && /cau-giay|ha-noi/.test(one.officeId));
  const page = await (await browser.newContext({ locale: 'vi-VN', viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(`${issuer}/console`);
  await withLentPasskey(page, officer?.name ?? 'nobody');
  await at(page, 'console-start');
  return page;
}

/** As the scanner types the QR code of a card since 2021 (domain: seven fields). */
export function cardCodeOf({ citizen }: TestPerson): string {
  const { nationalId, fullName, birthDate, gender, address, card } = citizen;
  const digits = (day = '') => day.split('-').toReversed().join('');
  const residence = `${address.detail}, ${address.ward}, ${address.province}`;
  const sex = gender === 'male' ? 'Nam' : 'Nữ';
  return [nationalId, '', fullName, digits(birthDate), sex, residence, digits(card.issuedOn)].join('|');
}

/** Takes pictures of whole pages into a folder that no repository keeps. */
export function pictures(folder: string): (page: Page, name: string) => Promise<void> {
  mkdirSync(`.gallery/${folder}`, { recursive: true });
  return async (page, name) => {
    await page.screenshot({ path: `.gallery/${folder}/${name}.png`, fullPage: true });
  };
}
