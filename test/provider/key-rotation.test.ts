import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../src/kernel/clock.ts';
import { listKeys } from '../../src/provider/keys/list-keys.ts';
import { rotateKeys } from '../../src/provider/keys/rotate-keys.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  headerOf,
  redeem,
  signIn,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer, keysDir } = await startProvider({ db: dbUrl, cache: cacheUrl });
const rp = await addPortal(db, { id: 'rp' });
const subject = await addPerson(db);
await allow(db, subject, rp.portal);

const keySet = async () => (await (await fetch(`${issuer}/jwks`)).json()) as KeySet;
async function idToken(browser: Browser) {
  const request = authorizationRequest(issuer, rp);
  const back = await signIn(browser, request, subject);
  return (await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier)).body['id_token'] as string;
}
interface KeySet {
  readonly keys: readonly (JsonWebKey & { readonly kid: string })[];
}
/** As a portal does it: the key is found by its kid. */
function verifies(token: string, { keys }: KeySet): boolean {
  const jwk = keys.find(({ kid }) => kid === headerOf(token)['kid']);
  if (!jwk) return false;
  const [header, claims, signature = ''] = token.split('.');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const options = { key, dsaEncoding: 'ieee-p1363' } as const;
  return verify('sha256', Buffer.from(`${header}.${claims}`), options, Buffer.from(signature, 'base64url'));
}

test('kids are RFC 7638 thumbprints', async () => {
  for (const { kid, crv, kty, x, y } of (await keySet()).keys) {
    const members = JSON.stringify({ crv, kty, x, y });
    expect(kid).toBe(createHash('sha256').update(members).digest('base64url'));
  }
});

test('a rotation is refused until the next key was published for a day', () => {
  expect(rotateKeys({ clock: systemClock }, keysDir).kind).toBe('too_early');
});

test('a running provider follows a rotation: tokens from before verify, sessions stay, no restart', async () => {
  const browser = new Browser(issuer);
  const [old, oldKeys] = [await idToken(browser), await keySet()];
  const [before] = listKeys({ clock: systemClock }, keysDir);
  const rotated = rotateKeys({ clock: systemClock }, keysDir, { emergency: true });
  const signing = rotated.kind === 'rotated' ? rotated.signingKid : '';
  expect(oldKeys.keys.map(({ kid }) => kid)).toContain(signing);
  for (let i = 0; i < 100 && (await keySet()).keys.length < 3; i += 1) await pause(100);
  const fresh = await idToken(browser);
  expect(headerOf(fresh)['kid']).toBe(signing);
  expect(headerOf(old)['kid']).toBe(before?.kid);
  const now = await keySet();
  expect(verifies(old, now)).toBe(true);
  expect(verifies(fresh, now)).toBe(true);
  // whoever cached the keys before the rotation verifies what is signed after it
  expect(verifies(fresh, oldKeys)).toBe(true);
}, 30_000);
