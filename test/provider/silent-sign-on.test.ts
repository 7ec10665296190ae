import { beforeEach, expect, test } from '@jest/globals';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import { addPerson, addPortal, allow, authorizationRequest, redeem, signIn } from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';
import { testKeyring } from './support/test-keyring.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const deps = { db, clock: systemClock, keyring: testKeyring() };
const first = await addPortal(db, { id: 'first' });
const further = await addPortal(db, { id: 'further' });
const third = await addPortal(db, { id: 'third' });

let subject: SubjectId;
let browser: Browser;
beforeEach(async () => {
  subject = await addPerson(db);
  for (const { portal } of [first, further]) await allow(db, subject, portal);
  browser = new Browser(issuer);
  const request = authorizationRequest(issuer, first);
  const back = await signIn(browser, request, subject);
  expect((await redeem(issuer, first, back.searchParams.get('code') ?? '', request.verifier)).status).toBe(200);
});

/** The code of a further portal, given out of the open session without a page. */
async function silentCode() {
  const request = authorizationRequest(issuer, further, { prompt: 'none' });
  const { url } = await browser.follow(request.url);
  return { code: url.searchParams.get('code') ?? `no code: ${url.href}`, verifier: request.verifier };
}
async function trail(): Promise<{ kind: string; portal: string; data: unknown }[]> {
  const { rows } = await db.query<{ kind: string; portal: string; data: unknown }>(
    `SELECT kind, portal_id AS portal, data FROM audit_event
     WHERE account_id = $1 AND kind LIKE 'provider.%' ORDER BY occurred_at`,
    [subject],
  );
  return rows;
}
const signedOn = { kind: 'provider.signed_on', portal: 'further', data: { acr: 'LoA3' } };

test('a further portal of the session is on the trail before it has a token', async () => {
  const { code, verifier } = await silentCode();
  expect(await trail()).toEqual([]);
  expect((await redeem(issuer, further, code, verifier)).status).toBe(200);
  expect(await trail()).toEqual([signedOn]);
});

test('a code that is not brought as it was given out leaves no sign-on', async () => {
  const { code } = await silentCode();
  expect((await redeem(issuer, further, code, 'v'.repeat(43))).status).toBe(400);
  expect(await trail()).toEqual([]);
});

test('what changed before the code was brought is no sign-on when it refuses, and is one when it does not', async () => {
  const held = await silentCode();
  await allow(db, subject, third.portal); // another portal's consent: nothing of this one
  await db.query('UPDATE consent SET decided_at = decided_at WHERE account_id = $1', [subject]);
  await db.query("UPDATE account SET personal = personal || ''::bytea, level = '01' WHERE account_id = $1", [subject]);
  await db.query("UPDATE account SET level = '02' WHERE account_id = $1", [subject]);
  expect((await redeem(issuer, further, held.code, held.verifier)).status).toBe(200);

  const late = await silentCode();
  await lockAccount(deps, subject, { ground: 'self_request', actor: 'test' });
  expect((await redeem(issuer, further, late.code, late.verifier)).status).toBe(400);
  expect(await trail()).toEqual([signedOn]);
});

test('a code brought twice is on the trail as what it is', async () => {
  const { code, verifier } = await silentCode();
  await redeem(issuer, further, code, verifier);
  expect((await redeem(issuer, further, code, verifier)).status).toBe(400);
  expect(await trail()).toEqual([
    signedOn,
    { kind: 'provider.used_twice', portal: 'further', data: { artefact: 'AuthorizationCode' } },
  ]);
});
