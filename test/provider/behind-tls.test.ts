import { request, type IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { addPerson, addPortal, allow, authorizationRequest, nowSeconds } from './support/relying-party.ts';
import { freePort, startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const port = await freePort();
const issuer = 'https://id.gov.example';
await startProvider({ db: dbUrl, cache: cacheUrl, issuer, port });
const rp = await addPortal(db, { id: 'rp' });
const subject = await addPerson(db);
await allow(db, subject, rp.portal);

const jar = new Map<string, string>();
const lines: string[] = [];

/** As the proxy before the provider passes it on. */
function go(address: string, method = 'GET'): Promise<IncomingMessage & { body: string }> {
  const url = new URL(address, issuer);
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = {
    host: url.host,
    accept: 'text/html',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '203.0.113.9',
    cookie,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: url.pathname + url.search, method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk)));
      answer.on('end', () => resolve(Object.assign(answer, { body })));
      for (const line of answer.headers['set-cookie'] ?? []) {
        lines.push(line);
        const [pair = ''] = line.split(';');
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('every address is https, every cookie is secure and named so', async () => {
  const discovery = JSON.parse((await go('/.well-known/openid-configuration')).body) as Record<string, unknown>;
  const addresses = Object.entries(discovery).filter(([name]) => /_endpoint$|_uri$/.test(name));
  expect(addresses.length).toBeGreaterThan(6);
  for (const [, address] of addresses) expect(address).toMatch(/^https:\/\/id\.gov\.example\//);

  const started = await go(authorizationRequest(issuer, rp).url);
  const at = started.headers.location ?? '';
  expect(at).toMatch(/^\/interaction\//);
  const query = new URLSearchParams({ subject, acr: 'LoA3', amr: 'hwk user mfa', at: String(nowSeconds()) });
  const done = await go(`${at}/finish?${query.toString()}`, 'POST');
  expect(done.headers.location).toMatch(/^https:\/\/id\.gov\.example\/auth\//);
  const back = await go(done.headers.location ?? '');
  expect(back.headers.location).toContain('code=');

  const set = lines.filter((line) => !line.includes('01 Jan 1970'));
  expect(set.length).toBeGreaterThanOrEqual(6);
  for (const line of set) {
    expect(line).toMatch(/^__(Host|Secure)-eid\./);
    expect(line).toMatch(/; secure/i);
    expect(line).toMatch(/; httponly/i);
    expect(line).toMatch(/; samesite=lax/i);
    expect(line).not.toMatch(/; domain=/i);
    if (line.startsWith('__Host-')) expect(line).toMatch(/; path=\/(;|$)/i);
  }
  expect([...jar.keys()]).toContain('__Host-eid.session');
});
