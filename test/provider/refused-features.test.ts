import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  basic,
  jws,
  post,
  redeem,
  signIn,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const rp = await addPortal(db, { id: 'rp' });
const subject = await addPerson(db);
await allow(db, subject, rp.portal);
const browser = new Browser(issuer);
await signIn(browser, authorizationRequest(issuer, rp), subject);

type Changes = Record<string, string | undefined>;
const REQUESTS: [string, Changes, string][] = [
  ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['PKCE in the clear', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['a challenge without its method', { code_challenge_method: undefined }, 'invalid_request'],
  ['a short challenge', { code_challenge: 'abc' }, 'invalid_request'],
  ['the implicit way', { response_type: 'token' }, 'unsupported_response_type'],
  ['an ID token from the front', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['the hybrid way', { response_type: 'code id_token' }, 'unsupported_response_type'],
  ['no token at all, which is for our own pages', { response_type: 'none' }, 'invalid_request'],
  ['no response type', { response_type: undefined }, 'invalid_request'],
  ['an unknown response mode', { response_mode: 'web_message' }, 'unsupported_response_mode'],
  ['a signed response', { response_mode: 'jwt' }, 'unsupported_response_mode'],
  ['a request object', { request: jws({ alg: 'none' }, {}) }, 'request_not_supported'],
  ['a request by address', { request_uri: 'https://evil.example/request' }, 'request_uri_not_supported'],
  ['registration in the request', { registration: '{}' }, 'registration_not_supported'],
  ['prompt=none with another', { prompt: 'none login' }, 'invalid_request'],
  ['an unknown prompt', { prompt: 'create' }, 'invalid_request'],
  ['a negative max_age', { max_age: '-1' }, 'invalid_request'],
  ['claims that are no JSON', { claims: '{' }, 'invalid_request'],
  ['claims that are a list', { claims: '[]' }, 'invalid_request'],
  ['a claim that is a text', { claims: '{"id_token":{"name":"x"}}' }, 'invalid_request'],
  ['a scope not agreed', { scope: 'openid phone' }, 'invalid_scope'],
];
test.each(REQUESTS)('%s is refused by its name, with the state', async (_name, changes, error) => {
  const request = authorizationRequest(issuer, rp, changes);
  const { url } = await new Browser(issuer).follow(request.url);
  const returned = url.hash ? new URLSearchParams(url.hash.slice(1)) : url.searchParams;
  expect(Object.fromEntries(returned)).toMatchObject({ error, state: request.state, iss: issuer });
});

test.each([
  ['no client', { client_id: undefined }],
  ['an unknown client', { client_id: 'nobody' }],
  ['a client that is a list', { client_id: '["rp"]' }],
])('%s gets a page', async (_name, changes) => {
  const answer = await new Browser(issuer).go(authorizationRequest(issuer, rp, changes).url);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('data-step="error"');
});

test.each([
  ['password', { grant_type: 'password', username: 'x', password: 'y' }],
  ['client_credentials', { grant_type: 'client_credentials' }],
  ['implicit', { grant_type: 'implicit' }],
  ['device_code', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x' }],
  ['ciba', { grant_type: 'urn:openid:params:grant-type:ciba', auth_req_id: 'x' }],
  ['token exchange', { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: 'x' }],
  ['jwt bearer', { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x' }],
])('the grant %s is not to be had', async (_name, form) => {
  const answer = await post(`${issuer}/token`, form, basic(rp.id, rp.secret));
  expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
});

test.each(['/reg', '/reg/rp', '/device', '/device/auth', '/backchannel', '/challenge', '/credential'])(
  '%s is not there',
  async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const answer = await fetch(issuer + path, { method });
      expect(answer.status).toBe(404);
    }
  },
);

test('a resource indicator changes nothing: the token stays ours, and is no JWT', async () => {
  const request = authorizationRequest(issuer, rp, { resource: 'https://api.evil.example' });
  const back = await signIn(browser, request, subject);
  const token = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier, {
    resource: 'https://api.evil.example',
  });
  expect(String(token.body['access_token'])).not.toContain('.');
});

test('an access token in the address is refused', async () => {
  expect((await fetch(`${issuer}/me?access_token=${'x'.repeat(43)}`)).status).toBe(400);
});

test('a request by form is the same as one by address', async () => {
  const request = authorizationRequest(issuer, rp);
  const { url } = await browser.follow('/auth', { method: 'POST', body: request.params });
  expect(url.searchParams.get('state')).toBe(request.state);
  expect(url.searchParams.has('code')).toBe(true);
  const wrongType = await browser.go('/auth', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  expect(wrongType.status).toBe(415);
  const large = await browser.go('/auth', { method: 'POST', body: new URLSearchParams({ state: 'x'.repeat(20_000) }) });
  expect(large.status).toBe(413);
});

test('an answer by form post may go to the portal, and runs the one script it has', async () => {
  const request = authorizationRequest(issuer, rp, { response_mode: 'form_post' });
  const answer = await browser.go(request.url);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(await answer.text()).toContain(`action="${rp.redirectUri}"`);
  expect(policy).toContain(`form-action 'self' ${new URL(rp.redirectUri).origin}`);
  expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'/);
});

test.each([
  ['Host', { host: 'evil.example' }],
  ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }],
  ['Forwarded', { forwarded: 'host=evil.example;proto=https' }],
  ['X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }],
])('no address is taken from %s', async (_name, headers) => {
  const { default: http } = await import('node:http');
  const text = await new Promise<string>((resolve, reject) => {
    const { port } = new URL(issuer);
    http
      .get(
        {
          host: '127.0.0.1',
          port,
          path: '/.well-known/openid-configuration',
          headers: { host: new URL(issuer).host, ...headers },
        },
        (answer) => {
          let body = '';
          answer.on('data', (chunk) => (body += String(chunk)));
          answer.on('end', () => resolve(body));
        },
      )
      .on('error', reject);
  });
  expect(text).not.toContain('evil.example');
  expect(text).not.toContain('https://localhost');
});
