import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  claimsOf,
  headerOf,
  redeem,
  signIn,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });

test('a person signs in, and the portal gets what was agreed and allowed', async () => {
  const rp = await addPortal(db, { id: 'first' });
  const subject = await addPerson(db);
  await allow(db, subject, rp.portal, ['birthdate']);
  const request = authorizationRequest(issuer, rp, { scope: 'openid profile national_id' });
  const browser = new Browser(issuer);
  const back = await signIn(browser, request, subject);
  expect(back.href).toContain(rp.redirectUri);
  expect(back.searchParams.get('iss')).toBe(issuer);
  expect(back.searchParams.get('state')).toBe(request.state);
  const token = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier);
  expect(token.status).toBe(200);
  const idToken = claimsOf(token.body['id_token']);
  expect(headerOf(token.body['id_token'])['alg']).toBe('ES256');
  expect(idToken).toMatchObject({
    acr: 'LoA3',
    amr: ['hwk', 'user', 'mfa'],
    account_level: '02',
    nonce: request.nonce,
  });
  const userinfo = await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token.body['access_token']}` } });
  const person = await userinfo.json();
  expect(person).toEqual({
    sub: idToken['sub'],
    account_level: '02',
    name: 'Nguyễn Thị Thử',
    birthdate: '1990-02-03',
    birthdate_precision: 'day',
  });
});
