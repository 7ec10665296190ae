import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Acr } from '../../../src/assurance/assurance-level.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import type { PortalId, SubjectId } from '../../../src/kernel/ids.ts';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { openAccount } from '../../../src/accounts/open-account.ts';
import type { Personal } from '../../../src/accounts/account.ts';
import type { AccountLevel } from '../../../src/assurance/assurance-level.ts';
import { decideConsent } from '../../../src/portals/decide-consent.ts';
import type { ClaimName } from '../../../src/portals/claim.ts';
import type { Portal } from '../../../src/portals/portal.ts';
import { registerPortal } from '../../../src/portals/register-portal.ts';
import { hashClientSecret } from '../../../src/provider/clients/client-secret.ts';
import { inTransaction, type Database } from '../../../src/storage/postgres.ts';
import type { Browser } from './browser.ts';
import { testKeyring } from './test-keyring.ts';

export const nowSeconds = () => Math.floor(Date.now() / 1000);
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A portal of the test, with what it knows. */
export interface TestPortal {
  readonly portal: Portal;
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly key: KeyObject;
}

export async function addPortal(
  db: Database,
  options: {
    id: string;
    minimumAcr?: Acr;
    claims?: Portal['claims'];
    host?: string;
    metadata?: Record<string, unknown>;
  },
): Promise<TestPortal> {
  const secret = randomBytes(32).toString('base64url');
  const origin = options.host ?? `https://${options.id}.gov.example`;
  const redirectUri = `${origin}/cb`;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = { vi: `Cổng ${options.id}`, en: `Portal ${options.id}` };
  const portal: Portal = {
    portalId: options.id as PortalId,
    name,
    authority: name,
    purpose: name,
    purposeVersion: 1,
    minimumAcr: options.minimumAcr ?? 'LoA1',
    claims: options.claims ?? [
      { name: 'name', required: true },
      { name: 'birthdate', required: false },
      { name: 'birthdate_precision', required: false },
      { name: 'gender', required: false },
      { name: 'national_id', required: false },
    ],
    sector: new URL(redirectUri).host,
    homeUrl: origin,
    firstParty: false,
    dynamic: false,
    disabled: false,
    metadata: {
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [`${origin}/bye`],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: hashClientSecret(new Sealed(secret)),
      jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'k1' }] },
      ...options.metadata,
    },
  };
  await registerPortal({ db, clock: systemClock }, portal, 'test');
  await pause(50); // the running provider hears of it by NOTIFY
  return { portal, id: options.id, secret, redirectUri, key: privateKey };
}

export const PERSON: Omit<Personal, 'nationalId'> = {
  fullName: 'Nguyễn Thị Thử',
  birthDate: '1990-02-03',
  gender: 'female',
  nationality: 'VN',
};

let numbers = 0;
export async function addPerson(
  db: Database,
  options: { level?: AccountLevel; personal?: Partial<Personal> } = {},
): Promise<SubjectId> {
  numbers += 1;
  const nationalId = `079190${String(numbers).padStart(6, '0')}`;
  const outcome = await inTransaction(db, (sql) =>
    openAccount(
      { keyring: testKeyring() },
      sql,
      {
        kind: 'citizen',
        stage: { state: 'active', level: options.level ?? '02' },
        personal: { nationalId, ...PERSON, ...options.personal },
      },
      new Date(Date.now() - 3_600_000),
    ),
  );
  if (outcome.kind !== 'opened') throw new Error('taken');
  return outcome.subject;
}

export const allow = (db: Database, subject: SubjectId, portal: Portal, ticked: readonly ClaimName[] = ALL(portal)) =>
  decideConsent({ db, clock: systemClock }, subject, portal, ['sub', ...ALL(portal)], ticked);
const ALL = (portal: Portal) => portal.claims.map((claim) => claim.name);

export const PASSKEY = { acr: 'LoA3', amr: 'hwk user mfa' } as const;
export const APP_CODE = { acr: 'LoA2', amr: 'pwd otp mfa' } as const;
export const SMS_CODE = { acr: 'LoA1', amr: 'pwd sms mfa' } as const;
export type How = { readonly acr: string; readonly amr: string; readonly at?: number };

export interface Request {
  readonly url: string;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly params: URLSearchParams;
}

/** An authorization request of this portal; `undefined` takes a parameter out. */
export function authorizationRequest(
  issuer: string,
  rp: Pick<TestPortal, 'id' | 'redirectUri'>,
  changes: Record<string, string | undefined> = {},
): Request {
  const verifier = randomBytes(32).toString('base64url');
  const [state, nonce] = [randomUUID(), randomUUID()];
  const all: Record<string, string | undefined> = {
    client_id: rp.id,
    response_type: 'code',
    redirect_uri: rp.redirectUri,
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const params = new URLSearchParams(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { url: `${issuer}/auth?${params.toString()}`, verifier, state, nonce, params };
}

/** Does what the door of the test provider does at the end of an interaction. */
export async function finish(browser: Browser, at: URL, subject?: SubjectId, how: How = PASSKEY) {
  const query = new URLSearchParams(
    subject ? { subject, acr: how.acr, amr: how.amr, at: String(how.at ?? nowSeconds()) } : {},
  );
  return browser.follow(`${at.pathname}/finish?${query.toString()}`, { method: 'POST' });
}

/** From the request to the way back, signing in where it is asked; where the browser ended up. */
export async function signIn(browser: Browser, request: Request, subject: SubjectId, how: How = PASSKEY): Promise<URL> {
  // straight from the request to the end of the interaction: the pages between are the door's
  const started = await browser.go(request.url);
  const url = new URL(started.headers.get('location') ?? request.url, request.url);
  if (!url.pathname.startsWith('/interaction/')) return url;
  return (await finish(browser, url, subject, how)).url;
}

export const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

export async function post(address: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(form), headers });
  const text = await answer.text();
  const body = (answer.headers.get('content-type') ?? '').includes('json') ? (JSON.parse(text) as Json) : {};
  return { status: answer.status, body, headers: answer.headers, text };
}
// what a server answers is looked at member by member
export type Json = Record<string, any>; // eslint-disable-line

export const redeem = (
  issuer: string,
  rp: TestPortal,
  code: string,
  verifier: string,
  changes: Record<string, string> = {},
  headers: Record<string, string> = {},
) =>
  post(
    `${issuer}/token`,
    { grant_type: 'authorization_code', code, redirect_uri: rp.redirectUri, code_verifier: verifier, ...changes },
    { ...basic(rp.id, rp.secret), ...headers },
  );

export const claimsOf = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as Json;
export const headerOf = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString('utf8')) as Json;

/** A compact JWS with exactly these header and claims. */
export function jws(header: object, claims: object, key?: KeyObject): string {
  const input = `${base64url(header)}.${base64url(claims)}`;
  const signature = key ? sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }) : Buffer.alloc(0);
  return `${input}.${signature.toString('base64url')}`;
}
