import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  allow,
  authorizationRequest,
  basic,
  claimsOf,
  finish,
  post,
  type Json,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl, sandbox: true });
const subject = await addPerson(db, { personal: { phone: '+84901234567', email: 'thu@example.vn' } });

async function register(metadata: object) {
  const answer = await fetch(`${issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}
const REDIRECT = 'http://localhost:8123/callback';

test('a tester registers, needs no PKCE, and may ask for every claim', async () => {
  const { status, body } = await register({ redirect_uris: [REDIRECT], client_name: 'Thử' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ id_token_signed_response_alg: 'RS256', subject_type: 'pairwise' });
  expect(body['client_secret'].length).toBeGreaterThan(40);
  const stored = JSON.stringify((await db.query('SELECT document FROM portal')).rows);
  expect(stored).not.toContain(body['client_secret']);
  const rp = { id: body['client_id'] as string, redirectUri: REDIRECT };
  const request = authorizationRequest(issuer, rp, {
    code_challenge: undefined,
    code_challenge_method: undefined,
    scope: 'openid profile national_id phone email',
  });
  const browser = new Browser(issuer);
  const { url } = await browser.follow(request.url);
  const { rows } = await db.query('SELECT document FROM portal WHERE portal_id = $1', [rp.id]);
  await allow(db, subject, { ...rows[0].document, portalId: rp.id });
  const back = (await finish(browser, url, subject)).url;
  const token = await post(
    `${issuer}/token`,
    { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri: REDIRECT },
    basic(rp.id, body['client_secret']),
  );
  expect(token.status).toBe(200);
  expect(claimsOf(token.body['id_token'])['nonce']).toBe(request.nonce);
  const person = await fetch(`${issuer}/me`, {
    headers: { authorization: `Bearer ${String(token.body['access_token'])}` },
  });
  expect(await person.json()).toMatchObject({
    phone_number: '+84901234567',
    phone_number_verified: true,
    email: 'thu@example.vn',
    email_verified: false,
    birthdate_precision: 'day',
  });
});

const REFUSED: [string, object, string][] = [
  ['no redirect address', {}, 'invalid_redirect_uri'],
  ['an empty list of them', { redirect_uris: [] }, 'invalid_redirect_uri'],
  ['a fragment', { redirect_uris: [`${REDIRECT}#x`] }, 'invalid_redirect_uri'],
  ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
  ['plain http elsewhere', { redirect_uris: ['http://portal.example/cb'] }, 'invalid_redirect_uri'],
  ['a user part', { redirect_uris: ['https://a@portal.example/cb'] }, 'invalid_redirect_uri'],
  ['no authentication', { redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' }, 'invalid_client_metadata'],
  ['HS256', { redirect_uris: [REDIRECT], id_token_signed_response_alg: 'HS256' }, 'invalid_client_metadata'],
  [
    'unsigned ID tokens',
    { redirect_uris: [REDIRECT], id_token_signed_response_alg: 'none' },
    'invalid_client_metadata',
  ],
  ['public subjects', { redirect_uris: [REDIRECT], subject_type: 'public' }, 'invalid_client_metadata'],
  ['the implicit way', { redirect_uris: [REDIRECT], response_types: ['id_token'] }, 'invalid_client_metadata'],
  [
    'a key without a key',
    { redirect_uris: [REDIRECT], token_endpoint_auth_method: 'private_key_jwt' },
    'invalid_client_metadata',
  ],
  [
    'a foreign logout address',
    { redirect_uris: [REDIRECT], post_logout_redirect_uris: ['http://x.example/'] },
    'invalid_client_metadata',
  ],
  [
    'a sector inside the network',
    { redirect_uris: [REDIRECT], sector_identifier_uri: 'https://169.254.169.254/x' },
    'invalid_client_metadata',
  ],
];
test.each(REFUSED)('registration with %s is refused', async (_name, metadata, error) => {
  expect(await register(metadata)).toMatchObject({ status: 400, body: { error } });
});

test('what a tester writes besides is left out: no other portal’s name, sector or rights', async () => {
  const { body } = await register({
    redirect_uris: [REDIRECT],
    client_id: 'account',
    client_secret: 'mine',
    firstParty: true,
    minimumAcr: 'LoA1',
    sector: 'moh.gov.vn',
  });
  expect(body['client_id']).not.toBe('account');
  expect(body['client_secret']).not.toBe('mine');
  const { rows } = await db.query('SELECT document FROM portal WHERE portal_id = $1', [body['client_id']]);
  expect(rows[0].document).toMatchObject({ firstParty: false, dynamic: true, sector: 'localhost:8123' });
});

test('keys by address are fetched for testers', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' });
    response.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { body } = await register({
    redirect_uris: [REDIRECT],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks_uri: `http://127.0.0.1:${port}/jwks`,
  });
  expect(body['client_id']).toBeDefined();
  // a redirect is not followed: the keys count as not to be had
  const answer = await post(`${issuer}/token/introspection`, {
    token: 'x'.repeat(43),
    client_id: body['client_id'],
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'eyJhbGciOiJFUzI1NiJ9.e30.x',
  });
  expect(answer.status).toBe(401);
  server.closeAllConnections();
  server.close();
});
