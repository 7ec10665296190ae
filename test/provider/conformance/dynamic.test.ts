/** Module by module what oidcc-dynamic- and oidcc-config-certification-test-plan do to a provider (docs/conformance.md). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/kernel/clock.ts';
import { portalLinks } from '../../../src/portals/portal.ts';
import { rotateKeys } from '../../../src/provider/keys/rotate-keys.ts';
import { freshCache } from '../../support/fresh-cache.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { png } from '../../support/png.ts';
import { Browser } from '../support/browser.ts';
import { startJsonServer } from '../support/json-server.ts';
import { addPerson, claimsOf, headerOf, type Json } from '../support/relying-party.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startProvider } from '../support/start-provider.ts';
import {
  addTester,
  allowEverything,
  askToken,
  assertion,
  CALLBACK,
  flow,
  register,
  rsaKey,
  type RsaKey,
  testerRequest,
  userinfo,
  verifies,
} from '../support/tester.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const tls = selfSigned();
const folder = mkdtempSync(path.join(tmpdir(), 'eid-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
const trust = path.join(folder, 'cert.pem');
writeFileSync(trust, tls.cert);
const { issuer, keysDir } = await startProvider({ db: dbUrl, cache: cacheUrl, sandbox: true, trust });
const subject = await addPerson(db);
const rsa = rsaKey();
const byKey = { jwks: { keys: [rsa.publicJwk] }, token_endpoint_auth_method: 'private_key_jwt' };

async function addAllowed(changes: Record<string, unknown> = {}) {
  const added = await addTester(issuer, { ...byKey, ...changes });
  await allowEverything(db, subject, added);
  return added;
}
const discovery = async () => (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Json;
const refusal = async (changes: Record<string, unknown>) => {
  const { status, type, body } = await register(issuer, { ...byKey, ...changes });
  expect(type).toContain('application/json');
  return [status, body['error']];
};

test('oidcc-discovery-endpoint-verification, as a static client’s plan asks it', async () => {
  const document = await discovery();
  expect(document['issuer']).toBe(issuer);
  expect(document['id_token_signing_alg_values_supported']).toContain('RS256');
  expect(document['response_types_supported']).toContain('code');
  expect(document['subject_types_supported']).toEqual(['pairwise']);
  expect(document['grant_types_supported'].length).toBeGreaterThan(0);
  expect(document['scopes_supported']).toContain('openid');
  expect(document['claims_parameter_supported']).toBe(true);
  expect(document['claims_supported'].length).toBeGreaterThan(0);
  expect(document['code_challenge_methods_supported']).toEqual(['S256']);
  for (const locale of [...document['ui_locales_supported'], ...document['claims_locales_supported']] as string[]) {
    expect(Intl.getCanonicalLocales(locale)).toEqual([locale]);
  }
  const { keys } = (await (await fetch(String(document['jwks_uri']))).json()) as { keys: Json[] };
  const kids = keys.map(({ kid }) => String(kid));
  expect(new Set(kids).size).toBe(keys.length);
  for (const key of keys) {
    expect(key['use']).toBe('sig');
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(member);
  }
});

test('oidcc-discovery-endpoint-verification, as the dynamic plan asks it: no implicit flow, and none announced', async () => {
  const document = await discovery();
  expect(document['response_types_supported']).toEqual(['code', 'none']);
  expect(document['grant_types_supported']).toEqual(['authorization_code', 'refresh_token']);
});

test('oidcc-server: registered with a key, signed with RS256', async () => {
  const tester = await addAllowed();
  expect(tester.registration).toMatchObject({
    redirect_uris: [CALLBACK],
    token_endpoint_auth_method: 'private_key_jwt',
  });
  expect(tester.registration).not.toHaveProperty('client_secret');
  const { token, idToken } = await flow(issuer, tester, subject, { proof: assertion(issuer, tester, rsa) });
  expect(token.status).toBe(200);
  expect(await verifies(issuer, idToken)).toBe(true);
});

test('oidcc-idtoken-rs256', async () => {
  const tester = await addAllowed({ id_token_signed_response_alg: 'RS256' });
  const { idToken } = await flow(issuer, tester, subject, { proof: assertion(issuer, tester, rsa) });
  expect(headerOf(idToken)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  expect(await verifies(issuer, idToken)).toBe(true);
});

test('oidcc-idtoken-unsigned: not offered, and refused', async () => {
  expect((await discovery())['id_token_signing_alg_values_supported']).not.toContain('none');
  expect(await refusal({ id_token_signed_response_alg: 'none' })).toEqual([400, 'invalid_client_metadata']);
});

test('oidcc-userinfo-rs256', async () => {
  expect((await discovery())['userinfo_signing_alg_values_supported']).toContain('RS256');
  const tester = await addAllowed({ userinfo_signed_response_alg: 'RS256' });
  const proof = assertion(issuer, tester, rsa);
  const { accessToken, claims } = await flow(issuer, tester, subject, { proof, changes: { scope: 'openid profile' } });
  const answer = await userinfo(issuer, accessToken);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/jwt');
  const signed = await answer.text();
  expect(headerOf(signed)['alg']).toBe('RS256');
  expect(await verifies(issuer, signed)).toBe(true);
  const said = claimsOf(signed);
  expect(said).toMatchObject({ iss: issuer, aud: tester.id, sub: claims['sub'], name: 'Nguyễn Thị Thử' });
  expect(said).not.toHaveProperty('nonce');
});

const WITH_QUERY = `${CALLBACK}?bar=foo`;
const PAGES: [string, Record<string, unknown>, string | undefined][] = [
  [
    'oidcc-ensure-redirect-uri-in-authorization-request',
    { redirect_uris: [CALLBACK, 'https://example.org/redirect'] },
    undefined,
  ],
  ['oidcc-redirect-uri-query-mismatch', { redirect_uris: [WITH_QUERY] }, `${CALLBACK}?foo=bar`],
  ['oidcc-redirect-uri-query-added', {}, `${CALLBACK}?foo=bar`],
];
test.each(PAGES)('%s: a page, and no way out', async (_module, changes, redirectUri) => {
  const tester = await addTester(issuer, { ...byKey, ...changes });
  const answer = await new Browser(issuer).go(testerRequest(issuer, tester, { redirect_uri: redirectUri }).url);
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  expect(await answer.text()).toContain(redirectUri ? 'return_address_unknown' : 'return_address_missing');
});

test('oidcc-ensure-redirect-uri-in-authorization-request: two hosts without a sector make one of their own', async () => {
  const two = { redirect_uris: [CALLBACK, 'https://example.org/redirect'] };
  const [one, other] = [await addAllowed(two), await addAllowed(two)];
  expect(one.registration['sector_identifier_uri']).toBe(`https://${one.id.toLowerCase()}.invalid/`);
  const subs = await Promise.all(
    [one, other].map(async (tester) => {
      const { claims } = await flow(issuer, tester, subject, { proof: assertion(issuer, tester, rsa) });
      return claims['sub'];
    }),
  );
  expect(new Set(subs).size).toBe(2);
  const foreign = { ...two, sector_identifier_uri: `https://${one.id.toLowerCase()}.invalid/` };
  expect(await refusal(foreign)).toEqual([400, 'invalid_client_metadata']);
});

test('oidcc-redirect-uri-query-OK', async () => {
  const tester = await addAllowed({ redirect_uris: [WITH_QUERY] });
  const { back, token } = await flow(issuer, tester, subject, { proof: assertion(issuer, tester, rsa) });
  expect(back.searchParams.get('bar')).toBe('foo');
  expect(token.status).toBe(200);
});

test('oidcc-redirect-uri-regfrag', async () => {
  expect(await refusal({ redirect_uris: [`${CALLBACK}#foobar`] })).toEqual([400, 'invalid_redirect_uri']);
});

test('oidcc-registration-logo-uri, -policy-uri, -tos-uri: kept for the sign-in page, the logo with us', async () => {
  const picture = png(200, 80, { padding: 38_000 }); // the suite's has 38 KB
  const server = await startJsonServer(picture);
  const links = { policy_uri: 'https://suite.example:8443/login.html', tos_uri: 'https://openid.net' };
  const tester = await addTester(issuer, { ...byKey, ...links, logo_uri: server.uri });
  expect(tester.registration).toMatchObject({ ...links, logo_uri: server.uri });
  const { rows } = await db.query(
    'SELECT p.document, l.content FROM portal p JOIN portal_logo l ON l.file = p.document ->> $2 WHERE portal_id = $1',
    [tester.id, 'logo'],
  );
  expect(rows[0].content.equals(picture)).toBe(true);
  expect(portalLinks(rows[0].document)).toEqual({ policyUrl: links.policy_uri, termsUrl: links.tos_uri });
  const { url } = await new Browser(issuer).follow(testerRequest(issuer, tester).url);
  expect(url.pathname).toMatch(/^\/interaction\//);
});

test('a logo that cannot be had is left out; an address that no page may link to is refused', async () => {
  const page = await startJsonServer('<svg onload="alert(1)"/>');
  for (const logo_uri of [page.uri, 'https://169.254.169.254/logo.png', 'https://nowhere.invalid/logo.png']) {
    const tester = await addTester(issuer, { ...byKey, logo_uri });
    const { rows } = await db.query('SELECT document FROM portal WHERE portal_id = $1', [tester.id]);
    expect(rows[0].document).not.toHaveProperty('logo');
  }
  for (const field of ['logo_uri', 'policy_uri', 'tos_uri']) {
    for (const address of ['javascript:alert(1)', 'http://portal.example/', 'https://a@portal.example/']) {
      expect([field, address, ...(await refusal({ [field]: address }))]).toEqual([
        field,
        address,
        400,
        'invalid_client_metadata',
      ]);
    }
  }
});

test('oidcc-registration-jwks-uri, oidcc-refresh-token-rp-key-rotation', async () => {
  const [old, fresh] = [rsaKey('old'), rsaKey('new')];
  const keySet = await startJsonServer({ keys: [old.publicJwk] });
  const tester = await addAllowed({
    jwks: undefined,
    jwks_uri: keySet.uri,
    grant_types: ['authorization_code', 'refresh_token'],
  });
  const changes = { scope: 'openid offline_access', prompt: 'consent' };
  const { token } = await flow(issuer, tester, subject, { proof: assertion(issuer, tester, old), changes });
  expect(token.status).toBe(200);
  keySet.answer({ keys: [fresh.publicJwk] });
  await fetch(`${issuer}/test/ahead?seconds=60`);
  const form = { grant_type: 'refresh_token', refresh_token: String(token.body['refresh_token']) };
  const ask = async (by: RsaKey, aheadSeconds: number) =>
    (await askToken(issuer, tester, form, assertion(issuer, tester, by, { aheadSeconds }))).status;
  // a key that was taken back works no more, though the new one was not seen yet
  expect(await ask(old, 60)).toBe(401);
  expect(await ask(fresh, 60)).toBe(200);
  expect(await ask(old, 60)).toBe(401);
  // the address is down when the keys are looked for again: the last ones are used, and a wrong key is still a wrong key
  keySet.answer('', 503);
  await fetch(`${issuer}/test/ahead?seconds=3600`);
  expect(await ask(old, 3660)).toBe(401);
  expect(await ask(fresh, 3660)).toBe(200);
  await fetch(`${issuer}/test/ahead?seconds=-3660`);
});

test('oidcc-registration-sector-uri, oidcc-registration-sector-bad', async () => {
  const sector = await startJsonServer([CALLBACK], tls);
  const pairwise = { subject_type: 'pairwise', sector_identifier_uri: sector.uri };
  expect((await register(issuer, { ...byKey, ...pairwise })).status).toBe(201);
  sector.answer(['https://suite.example:8443/other']);
  expect(await refusal(pairwise)).toEqual([400, 'invalid_client_metadata']);
});

test('oidcc-server-rotate-keys: a new key beside the old ones', async () => {
  const kids = async () => {
    const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: { kid: string }[] };
    return keys.map(({ kid }) => kid);
  };
  const before = await kids();
  rotateKeys({ clock: systemClock }, keysDir, { emergency: true });
  for (let i = 0; i < 100 && (await kids()).length === before.length; i += 1) await pause(100);
  const after = await kids();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.length).toBe(before.length + 1);
  const tester = await addAllowed({ id_token_signed_response_alg: 'RS256' });
  const { idToken } = await flow(issuer, tester, subject, { proof: assertion(issuer, tester, rsa) });
  expect(await verifies(issuer, idToken)).toBe(true);
});

test('oidcc-request-uri-unsigned, oidcc-request-uri-signed-rs256: not announced, and refused', async () => {
  const document = await discovery();
  expect(document['request_uri_parameter_supported']).toBe(false);
  expect(document['request_object_signing_alg_values_supported']).toBeUndefined();
  const uri = 'https://suite.example:8443/test/a/eid/requesturi/x#y';
  const { status, body } = await register(issuer, { ...byKey, request_uris: [uri] });
  expect(status).toBe(201);
  const tester = { id: body['client_id'] as string, redirectUri: CALLBACK } as Awaited<ReturnType<typeof addTester>>;
  const { url } = await new Browser(issuer).follow(testerRequest(issuer, tester, { request_uri: uri }).url);
  expect(url.searchParams.get('error')).toBe('request_uri_not_supported');
});

test('oidcc-ensure-client-assertion-with-iss-aud-succeeds', async () => {
  const tester = await addAllowed();
  const { token } = await flow(issuer, tester, subject, { proof: assertion(issuer, tester, rsa, { aud: issuer }) });
  expect(token.status).toBe(200);
});
