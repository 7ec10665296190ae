import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { startChromium } from '../support/chromium.ts';
import type { EdgeServer } from '../support/edge-server.ts';
import { startExampleServer } from '../support/example-server.ts';
import type { Example } from '../support/view-models.ts';

const visit = { base: '/interaction/1', portal: { name: { vi: 'Cổng', en: 'Portal' } } };
const who = { ...visit, maskedNationalId: '079 ••• ••• 234' };
const shown: Example[] = [];
let server: EdgeServer;
let browser: Browser;

beforeAll(async () => {
  const enrol = await generateRegistrationOptions({
    rpName: 'Danh Tính',
    rpID: 'localhost',
    userName: 'an',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const assert = await generateAuthenticationOptions({ rpID: 'localhost', userVerification: 'required' });
  shown.push(
    { view: 'sign-in/passkey-enrol', state: '', model: { ...who, passkey: enrol } },
    { view: 'sign-in/passkey', state: '', model: { ...who, passkey: assert, otherWays: [] } },
    { view: 'sign-in/identify', state: '', model: { ...visit, passkey: assert } },
  );
  server = await startExampleServer(shown);
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

test.each([
  { name: 'a browser of today', before2024: false },
  { name: 'a browser without the JSON functions', before2024: true },
])('the ceremony posts what the server accepts: $name', async ({ before2024 }) => {
  const { tab } = await tabWithAuthenticator();
  if (before2024) {
    await tab.addInitScript(`
      delete PublicKeyCredential.parseCreationOptionsFromJSON;
      delete PublicKeyCredential.parseRequestOptionsFromJSON;
      delete PublicKeyCredential.prototype.toJSON;`);
  }
  const enrolment = (await ceremony(tab, 0)) as RegistrationResponseJSON;
  const enrolled = await verifyRegistrationResponse({
    response: enrolment,
    expectedChallenge: challengeOf(0),
    expectedOrigin: server.issuer.origin,
    expectedRPID: 'localhost',
    requireUserVerification: true,
  });
  expect(enrolled.verified).toBe(true);

  const assertion = (await ceremony(tab, 1)) as AuthenticationResponseJSON;
  expect(assertion.response.userHandle).toBeTruthy();
  const asserted = await verifyAuthenticationResponse({
    response: assertion,
    expectedChallenge: challengeOf(1),
    expectedOrigin: server.issuer.origin,
    expectedRPID: 'localhost',
    credential: enrolled.registrationInfo!.credential,
    requireUserVerification: true,
  });
  expect(asserted.verified).toBe(true);
  await tab.context().close();
});

test('a failure of the device comes back to the same page with words, and can be tried again', async () => {
  const { tab, cdp, authenticatorId } = await tabWithAuthenticator();
  await ceremony(tab, 0);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await tab.goto(addressOf(1));
  await tab.click('form[data-passkey] button');
  await tab.waitForSelector('[data-passkey-status]:not(:empty)');
  expect(await tab.textContent('[data-passkey-status]')).toContain('Chưa xác nhận được');
  expect(tab.url()).toBe(addressOf(1));
  await tab.context().close();
});

const addressOf = (index: number): string => new URL(`/example/${index}`, server.issuer).href;
const challengeOf = (index: number): string =>
  (shown[index]!.model as { passkey: { challenge: string } }).passkey.challenge;

async function tabWithAuthenticator(): Promise<{ tab: Page; cdp: CDPSession; authenticatorId: string }> {
  const tab = await (await browser.newContext({ locale: 'vi' })).newPage();
  const cdp = await tab.context().newCDPSession(tab);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
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
  return { tab, cdp, authenticatorId };
}

/** Opens the page, presses its passkey button, and gives back the credential that the form posts. */
async function ceremony(tab: Page, index: number): Promise<unknown> {
  await tab.goto(addressOf(index));
  const posted = tab.waitForRequest((request) => request.method() === 'POST');
  await tab.click('form[data-passkey] button');
  const form = new URLSearchParams((await posted).postData() ?? '');
  expect(form.get('csrf')).toBeTruthy();
  return JSON.parse(form.get('credential') ?? '');
}
