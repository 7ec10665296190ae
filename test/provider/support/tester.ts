import {
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import type { Portal } from '../../../src/portals/portal.ts';
import type { Database } from '../../../src/storage/postgres.ts';
import { ASSERTION_TYPE } from './assertions.ts';
import { Browser } from './browser.ts';
import {
  allow,
  authorizationRequest,
  basic,
  claimsOf,
  headerOf,
  nowSeconds,
  post,
  signIn,
  type How,
  type Json,
  type Request,
} from './relying-party.ts';

/** A portal as the OpenID Foundation's test suite is one: it registers itself, sends no PKCE and signs with RS256. */
export interface Tester {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly method: string;
  readonly registration: Json;
}

export const CALLBACK = 'https://suite.example:8443/test/a/eid/callback';
export const LOGGED_OUT = 'https://suite.example:8443/test/a/eid/post_logout_redirect';

export interface RsaKey {
  readonly key: KeyObject;
  readonly publicJwk: JsonWebKey & { kid?: string };
}
export function rsaKey(kid?: string): RsaKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', ...(kid && { kid }) };
  return { key: privateKey, publicJwk };
}

/** The suite's registration (OIDCCCreateDynamicClientRegistrationRequest) with changes; `undefined` takes a member out. */
export async function register(issuer: string, changes: Record<string, unknown> = {}) {
  const metadata = {
    client_name: 'Conformance suite',
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    response_types: ['code'],
    redirect_uris: [CALLBACK],
    contacts: ['certification@oidf.org'],
    ...changes,
  };
  const answer = await fetch(`${issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: (await answer.json()) as Json };
}

export async function addTester(issuer: string, changes: Record<string, unknown> = {}): Promise<Tester> {
  const { status, body } = await register(issuer, changes);
  if (status !== 201) throw new Error(`not registered: ${JSON.stringify(body)}`);
  return {
    id: body['client_id'] as string,
    secret: String(body['client_secret']),
    redirectUri: (body['redirect_uris'] as string[])[0] ?? '',
    method: body['token_endpoint_auth_method'] as string,
    registration: body,
  };
}

/** Lets the person allow this portal everything. */
export async function allowEverything(db: Database, subject: SubjectId, tester: Tester): Promise<void> {
  const { rows } = await db.query<{ document: Portal }>('SELECT document FROM portal WHERE portal_id = $1', [
    tester.id,
  ]);
  await allow(db, subject, { ...rows[0]?.document, portalId: tester.id } as Portal);
}

type Changes = Record<string, string | undefined>;

export const testerRequest = (issuer: string, tester: Tester, changes: Changes = {}): Request =>
  authorizationRequest(issuer, tester, {
    scope: 'openid',
    code_challenge: undefined,
    code_challenge_method: undefined,
    ...changes,
  });

/** The suite's client assertion: RS256, for the token endpoint unless `aud` says otherwise. */
export function assertion(
  issuer: string,
  tester: Tester,
  { key, publicJwk }: RsaKey,
  { aud = `${issuer}/token`, aheadSeconds = 0 } = {},
): Changes {
  const now = nowSeconds() + aheadSeconds;
  const claims = { iss: tester.id, sub: tester.id, aud, jti: randomUUID(), nbf: now, iat: now, exp: now + 60 };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode({ alg: 'RS256', ...(publicJwk.kid !== undefined && { kid: publicJwk.kid }) })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(input), key).toString('base64url');
  return { client_assertion_type: ASSERTION_TYPE, client_assertion: `${input}.${signature}` };
}

/** A request to the token endpoint with the authentication that was registered, or with an assertion made before. */
export function askToken(issuer: string, tester: Tester, form: Record<string, string>, proof?: Changes) {
  if (proof) return post(`${issuer}/token`, { ...form, ...proof } as Record<string, string>);
  if (tester.method === 'client_secret_post') {
    return post(`${issuer}/token`, { ...form, client_id: tester.id, client_secret: tester.secret });
  }
  return post(`${issuer}/token`, form, basic(tester.id, tester.secret));
}

export const redeemCode = (
  issuer: string,
  tester: Tester,
  code: string,
  extra: Record<string, string> = {},
  proof?: Changes,
) =>
  askToken(
    issuer,
    tester,
    { grant_type: 'authorization_code', code, redirect_uri: tester.redirectUri, ...extra },
    proof,
  );

/** The whole flow of a module: request, sign-in where asked, code, tokens. */
export async function flow(
  issuer: string,
  tester: Tester,
  subject: SubjectId,
  options: { browser?: Browser; changes?: Changes; how?: How; proof?: Changes } = {},
) {
  const request = testerRequest(issuer, tester, options.changes);
  const back = await signIn(options.browser ?? new Browser(issuer), request, subject, options.how);
  const code = back.searchParams.get('code') ?? '';
  const token = await redeemCode(issuer, tester, code, {}, options.proof);
  const idToken = String(token.body['id_token']);
  const claims = token.status === 200 ? claimsOf(idToken) : {};
  return { request, back, code, token, idToken, claims, accessToken: String(token.body['access_token']) };
}

export const userinfo = (issuer: string, accessToken: string) =>
  fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } });

/** Whether a token of the provider verifies with the key of its key set that the token names, and with its algorithm alone. */
export async function verifies(issuer: string, token: string): Promise<boolean> {
  const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const { kid, alg } = headerOf(token);
  const jwk = keys.find((key) => key.kid === kid && key['alg'] === alg);
  if (!jwk) return false;
  const [header, claims, signature = ''] = token.split('.');
  const options = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  return verify('sha256', Buffer.from(`${header}.${claims}`), options, Buffer.from(signature, 'base64url'));
}
