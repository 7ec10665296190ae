import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { chromium, type Browser } from 'playwright-core';
import { TEST_PEOPLE } from '../../src/sandbox/people.ts';
import { passkeyOf } from '../../src/sandbox/test-person.ts';

const script = readFileSync(new URL('../../src/sandbox/assets/sandbox-passkey.js', import.meta.url));
const rpID = 'localhost';
const keys = TEST_PEOPLE.flatMap(({ account }) => account?.passkey ?? []);

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(() => browser.close());

/** A page with one passkey form, hidden as in a browser without passkeys, under the policy of the real pages. */
async function servePage(mode: 'assert' | 'enrol', options: object) {
  let sent: (credential: unknown) => void;
  const credential = new Promise<unknown>((resolve) => {
    sent = resolve;
  });
  const attribute = JSON.stringify(options).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const server = createServer((request, response) => {
    if (request.url === '/script.js') return void response.setHeader('content-type', 'text/javascript').end(script);
    if (request.url === '/sandbox/passkeys.json')
      return void response.end(JSON.stringify(TEST_PEOPLE.flatMap(passkeyOf)));
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        sent(JSON.parse(new URLSearchParams(body).get('credential')!));
        response.end('received');
      });
      return undefined;
    }
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'",
    );
    return void response.setHeader('content-type', 'text/html; charset=utf-8').end(
      `<!doctype html><html lang="vi"><main><form method="post" action="/sent" data-passkey="${mode}" data-options="${attribute}" hidden>
       <input type="hidden" name="credential"><button type="submit">device</button><p data-passkey-status></p></form>
       <p data-passkey-missing>none</p></main><script src="/script.js" defer></script></html>`,
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, credential, stop: () => void (server.closeAllConnections(), server.close()) };
}

test('a test person signs in with a software key that the server verifies like any other', async () => {
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' });
  const { origin, credential, stop } = await servePage('assert', options);
  const page = await browser.newPage();
  await page.goto(origin);
  await page.selectOption('[data-sandbox-passkey] select', { label: 'Lê Thuý Hoà' });
  await page.click('[data-sandbox-passkey=assert] button');
  const response = (await credential) as AuthenticationResponseJSON;
  const { x, y } = keys[0]!.privateKey;
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: options.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: { id: keys[0]!.credentialId, publicKey: new Uint8Array(cose), counter: 0 },
  });
  expect(verified).toBe(true);
  expect(authenticationInfo).toMatchObject({ userVerified: true, credentialBackedUp: true, newCounter: 0 });
  expect(response.response.userHandle).toBe(keys[0]!.userHandle);
  expect(await page.locator('[data-passkey-missing]').count()).toBe(0);
  stop();
});

test('a passkey made here is registered, and offered afterwards', async () => {
  const registration = await generateRegistrationOptions({
    rpID,
    rpName: 'test',
    userName: 'Bùi Ngọc Ánh',
    userID: new Uint8Array(32).fill(7),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: [-8, -7, -257],
  });
  const { origin, credential, stop } = await servePage('enrol', registration);
  const page = await browser.newPage();
  await page.goto(origin);
  await page.click('[data-sandbox-passkey=enrol] button');
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: (await credential) as RegistrationResponseJSON,
    expectedChallenge: registration.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  });
  expect(verified).toBe(true);
  await page.waitForURL('**/sent');
  const [kept] = await page.evaluate<[{ name: string; credential_id: string; user_handle: string }]>(
    'JSON.parse(localStorage.getItem("sandbox-passkeys"))',
  );
  expect(kept).toMatchObject({ name: 'Bùi Ngọc Ánh', credential_id: registrationInfo?.credential.id });
  expect(Buffer.from(kept.user_handle, 'base64url')).toEqual(Buffer.alloc(32, 7));
  stop();
});
