import { expect, test } from '@jest/globals';
import { mayRegisterAddress } from '../../src/provider/clients/redirect-address.policy.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import { addPortal, authorizationRequest } from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const rp = await addPortal(db, { id: 'rp' }); // https://rp.gov.example/cb

const HOSTILE = [
  'https://rp.gov.example/cb/',
  'https://rp.gov.example/cb?x=1',
  'https://rp.gov.example/cb#x',
  'https://rp.gov.example/CB',
  'https://rp.gov.example/./cb',
  'https://rp.gov.example/x/../cb',
  'https://rp.gov.example/%63b',
  'https://rp.gov.example//cb',
  'https://RP.gov.example/cb',
  'HTTPS://rp.gov.example/cb',
  'https://rp.gov.example./cb',
  'https://rp.gov.example:443/cb',
  'https://rp.gov.example:8443/cb',
  'http://rp.gov.example/cb',
  'https://rp.gov.example@evil.example/cb',
  'https://rp.gov.example@@evil.example/cb',
  'https://user:pass@rp.gov.example/cb',
  'https://evil.example/cb?https://rp.gov.example/cb',
  'https://evil.example\\@rp.gov.example/cb',
  'https://rp.gov.example\\.evil.example/cb',
  'https:\\\\rp.gov.example\\cb',
  'https://rp.gov.example/cb\t',
  '\thttps://rp.gov.example/cb',
  'https://rp.gov.\texample/cb',
  'https://rp.gov.example/cb\n',
  ' https://rp.gov.example/cb',
  'https://rp.gov.example/cb\u0000',
  'https://rp.gov.example%2Fcb@evil.example/',
  'https://rp.gov.example.evil.example/cb',
  'https://ｒｐ.gov.example/cb',
  'https://rp。gov.example/cb',
  'https://rр.gov.example/cb', // Cyrillic er
  '//rp.gov.example/cb',
  'rp.gov.example/cb',
  'javascript:alert(1)',
  'data:text/html,x',
  'vnid://cb',
  'http://localhost/cb',
  'http://127.0.0.1/cb',
  '',
];

test.each(HOSTILE)('%j is nobody’s redirect address: a page, and no way out', async (address) => {
  const answer = await new Browser(issuer).go(authorizationRequest(issuer, rp, { redirect_uri: address }).url);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
  expect(await answer.text()).not.toContain('evil');
});

test('given twice it is refused too', async () => {
  const { url } = authorizationRequest(issuer, rp);
  const answer = await new Browser(issuer).go(`${url}&redirect_uri=${encodeURIComponent('https://evil.example/')}`);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
});

test.each(HOSTILE)('%j ends no session with a way out', async (address) => {
  const params = new URLSearchParams({ client_id: rp.id, post_logout_redirect_uri: address });
  const answer = await new Browser(issuer).go(`/session/end?${params.toString()}`);
  const text = await answer.text();
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.get('content-security-policy')).not.toContain('evil');
  expect(text).not.toContain('evil');
});

test.each([
  ['https://portal.gov.example/cb', true],
  ['https://portal.gov.example', true],
  ['https://portal.gov.example/cb?a=b', true],
  ['https://portal.gov.example:8443/cb', true],
  ['https://xn--v-nka.gov.example/', true],
  ['http://localhost:4001/cb', false],
  ['http://portal.gov.example/cb', false],
  ['https://localhost/cb', false],
  ['https://*.gov.example/cb', false],
  ...HOSTILE.filter(
    (address) =>
      ![
        'https://rp.gov.example/cb/',
        'https://rp.gov.example/cb?x=1',
        'https://rp.gov.example/CB',
        'https://rp.gov.example//cb',
        'https://rp.gov.example/%63b',
        'https://rp.gov.example:8443/cb',
        'https://rp.gov.example.evil.example/cb',
        'https://evil.example/cb?https://rp.gov.example/cb',
      ].includes(address),
  ).map((address): [string, boolean] => [address, false]),
])('registering %j: %s', (address, accepted) => {
  expect(mayRegisterAddress(address, { loopback: false }).kind).toBe(accepted ? 'accepted' : 'refused');
});

test('the sandbox takes addresses of this machine', () => {
  for (const address of [
    'http://localhost:4001/cb',
    'http://127.0.0.1:9/',
    'http://[::1]:9/cb',
    'https://localhost:8443/cb',
  ]) {
    expect(mayRegisterAddress(address, { loopback: true })).toEqual({ kind: 'accepted' });
  }
  for (const address of ['http://localhost.evil.example/', 'http://portal.gov.example/', 'javascript:alert(1)']) {
    expect(mayRegisterAddress(address, { loopback: true }).kind).toBe('refused');
  }
});
