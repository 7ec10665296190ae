import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { assertion, dpopKey, dpopProof } from './support/assertions.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  basic,
  post,
  redeem,
  signIn,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const rp = await addPortal(db, { id: 'once' });
const other = await addPortal(db, { id: 'other' });
const jwtPortal = await addPortal(db, { id: 'signer', metadata: { token_endpoint_auth_method: 'private_key_jwt' } });
const subject = await addPerson(db);
for (const { portal } of [rp, other, jwtPortal]) await allow(db, subject, portal);

const times = <T>(n: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));
const userinfo = (token: string) => fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } });

async function newCode(browser = new Browser(issuer), changes: Record<string, string | undefined> = {}, at = rp) {
  const request = authorizationRequest(issuer, at, changes);
  const back = await signIn(browser, request, subject);
  return { code: back.searchParams.get('code') ?? `no code: ${back.href}`, verifier: request.verifier };
}

test('a code redeemed 50 times in parallel gives one token, and the thief is answered by its end', async () => {
  const { code, verifier } = await newCode();
  const answers = await times(50, () => redeem(issuer, rp, code, verifier));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body['error']))).toEqual(
    new Set(['invalid_grant']),
  );
  // RFC 6749, 4.1.2: what was issued for a code that came twice is revoked
  const token = answers.find(({ status }) => status === 200)?.body['access_token'] as string;
  expect((await userinfo(token)).status).toBe(401);
});

test('a code used again later ends the tokens it gave', async () => {
  const { code, verifier } = await newCode();
  const first = await redeem(issuer, rp, code, verifier);
  expect((await userinfo(first.body['access_token'])).status).toBe(200);
  expect((await redeem(issuer, rp, code, verifier)).status).toBe(400);
  expect((await userinfo(first.body['access_token'])).status).toBe(401);
});

test('after a replayed code the person can sign on again in the same session', async () => {
  const browser = new Browser(issuer);
  const { code, verifier } = await newCode(browser);
  await redeem(issuer, rp, code, verifier);
  await redeem(issuer, rp, code, verifier);
  const again = await newCode(browser);
  const token = await redeem(issuer, rp, again.code, again.verifier);
  expect(token.status).toBe(200);
  expect((await userinfo(token.body['access_token'])).status).toBe(200);
});

test('a pushed request serves one sign-in, though many begin with it', async () => {
  const request = authorizationRequest(issuer, rp);
  const pushed = await post(`${issuer}/request`, Object.fromEntries(request.params), basic(rp.id, rp.secret));
  const params = new URLSearchParams({ client_id: rp.id, request_uri: String(pushed.body['request_uri']) });
  const backs = await times(8, () =>
    signIn(new Browser(issuer), { ...request, url: `${issuer}/auth?${params.toString()}` }, subject),
  );
  expect(backs.filter((back) => back.searchParams.has('code'))).toHaveLength(1);
});

test('an interaction is resumed once', async () => {
  const browser = new Browser(issuer);
  const started = await browser.go(authorizationRequest(issuer, rp).url);
  const at = new URL(started.headers.get('location') ?? '', issuer);
  const query = new URLSearchParams({
    subject,
    acr: 'LoA3',
    amr: 'hwk user mfa',
    at: String(Math.floor(Date.now() / 1000)),
  });
  const done = await browser.go(`${at.pathname}/finish?${query.toString()}`, { method: 'POST' });
  const resume = done.headers.get('location') ?? '';
  const answers = await times(10, () => browser.go(resume));
  const locations = answers.map((answer) => answer.headers.get('location') ?? '');
  expect(locations.filter((location) => location.includes('code='))).toHaveLength(1);
  for (const answer of answers.filter((one) => !one.headers.has('location'))) expect(answer.status).toBe(400);
});

test('a client assertion is taken once', async () => {
  const tries = await times(10, async () => undefined);
  const jti = randomUUID();
  const answers = await Promise.all(
    tries.map(() =>
      post(`${issuer}/token/introspection`, { token: 'x'.repeat(43), ...assertion(jwtPortal, issuer, { jti }) }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body['error']))).toEqual(
    new Set(['invalid_client']),
  );
});

test('a DPoP proof is taken once, and its token is of no use without the key', async () => {
  const pair = dpopKey();
  const { code, verifier } = await newCode();
  const asked = await redeem(issuer, rp, code, verifier, {}, { dpop: dpopProof(pair, `${issuer}/token`, 'POST') });
  expect(asked.body['error']).toBe('use_dpop_nonce');
  const nonce = asked.headers.get('dpop-nonce') ?? '';
  const token = await redeem(
    issuer,
    rp,
    code,
    verifier,
    {},
    { dpop: dpopProof(pair, `${issuer}/token`, 'POST', { nonce }) },
  );
  expect(token.body['token_type']).toBe('DPoP');
  const accessToken = token.body['access_token'] as string;
  const proof = dpopProof(pair, `${issuer}/me`, 'GET', { nonce, accessToken });
  const headers = { authorization: `DPoP ${accessToken}`, dpop: proof };
  const answers = await times(10, () => fetch(`${issuer}/me`, { headers }));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await userinfo(accessToken)).status).toBe(401);
  const thief = dpopProof(dpopKey(), `${issuer}/me`, 'GET', { nonce, accessToken });
  const stolen = await fetch(`${issuer}/me`, { headers: { authorization: `DPoP ${accessToken}`, dpop: thief } });
  expect(stolen.status).toBe(401);
});

test('two portals asked at the same moment by one browser both get their token', async () => {
  for (let round = 0; round < 5; round += 1) {
    const browser = new Browser(issuer);
    await newCode(browser);
    const codes = await Promise.all([newCode(browser, {}, other), newCode(browser, {}, jwtPortal), newCode(browser)]);
    const tokens = await Promise.all([
      redeem(issuer, other, codes[0].code, codes[0].verifier),
      post(`${issuer}/token`, {
        grant_type: 'authorization_code',
        code: codes[1].code,
        redirect_uri: jwtPortal.redirectUri,
        code_verifier: codes[1].verifier,
        ...assertion(jwtPortal, issuer),
      }),
      redeem(issuer, rp, codes[2].code, codes[2].verifier),
    ]);
    expect(tokens.map(({ status }) => status)).toEqual([200, 200, 200]);
    // and the session remembers all three: the sign-out reaches them
    expect((await userinfo(tokens[0].body['access_token'])).status).toBe(200);
  }
});

test('a refresh token lives until the person or the portal ends it', async () => {
  const browser = new Browser(issuer);
  const { code, verifier } = await newCode(browser, { scope: 'openid profile offline_access', prompt: 'consent' });
  const token = await redeem(issuer, rp, code, verifier);
  const refresh = (value: string, at = rp) =>
    post(`${issuer}/token`, { grant_type: 'refresh_token', refresh_token: value }, basic(at.id, at.secret));
  const refreshToken = token.body['refresh_token'] as string;
  expect(refreshToken).toBeDefined();
  const renewed = await refresh(refreshToken);
  expect(renewed.status).toBe(200);
  expect((await refresh(refreshToken, other)).body['error']).toBe('invalid_grant');
  await post(`${issuer}/token/revocation`, { token: refreshToken }, basic(rp.id, rp.secret));
  expect((await refresh(refreshToken)).body['error']).toBe('invalid_grant');
  expect((await userinfo(renewed.body['access_token'])).status).toBe(401);
});
