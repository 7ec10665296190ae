import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { changeAccount } from '../../src/accounts/change-account.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { markCredentialsChanged } from '../../src/accounts/mark-credentials-changed.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { disablePortal } from '../../src/portals/disable-portal.ts';
import { enablePortal } from '../../src/portals/enable-portal.ts';
import { withdrawConsent } from '../../src/portals/withdraw-consent.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
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
  type TestPortal,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';
import { testKeyring } from './support/test-keyring.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const deps = { db, clock: systemClock, keyring: testKeyring() };

/** Everything that may happen to what was issued. A new row fails to compile until every way below knows it. */
const STATES = {
  locked: (subject: SubjectId) => lockAccount(deps, subject, { ground: 'self_request', actor: 'test' }),
  never_activated: (subject: SubjectId) =>
    db.query("UPDATE account SET state = 'granted' WHERE account_id = $1", [subject]),
  ended: (subject: SubjectId) => changeAccount(deps, subject, { change: 'end', actor: 'test', shown: [] }),
  level_too_low: (subject: SubjectId) =>
    changeAccount(deps, subject, { change: 'lower_level', actor: 'test', shown: [] }),
  password_changed: (subject: SubjectId) => markCredentialsChanged(db, subject, new Date(Date.now() + 1_000)),
  consent_withdrawn: (subject: SubjectId, rp: TestPortal) => withdrawConsent(deps, subject, rp.portal.portalId),
  portal_disabled: (_subject: SubjectId, rp: TestPortal) => disablePortal(deps, rp.portal.portalId, 'test'),
} satisfies Record<string, (subject: SubjectId, rp: TestPortal) => Promise<unknown>>;
type State = keyof typeof STATES;

interface Held {
  readonly rp: TestPortal;
  readonly browser: Browser;
  readonly code: string;
  readonly verifier: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Every way by which what was issued is used again: whether it still gives something. */
const WAYS = {
  code: async ({ rp, code, verifier }: Held) => (await redeem(issuer, rp, code, verifier)).status === 200,
  refresh: async ({ rp, refreshToken }: Held) =>
    (
      await post(
        `${issuer}/token`,
        { grant_type: 'refresh_token', refresh_token: refreshToken },
        basic(rp.id, rp.secret),
      )
    ).status === 200,
  introspection: async ({ rp, accessToken }: Held) =>
    (await post(`${issuer}/token/introspection`, { token: accessToken }, basic(rp.id, rp.secret))).body['active'] ===
    true,
  introspection_of_refresh: async ({ rp, refreshToken }: Held) =>
    (await post(`${issuer}/token/introspection`, { token: refreshToken }, basic(rp.id, rp.secret))).body['active'] ===
    true,
  userinfo: async ({ accessToken }: Held) =>
    (await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status === 200,
  sso: async ({ rp, browser }: Held) => {
    const { url } = await browser.follow(authorizationRequest(issuer, rp, { prompt: 'none' }).url);
    return url.searchParams.has('code');
  },
  session: async ({ browser }: Held) => 'subject' in ((await (await browser.go('/account/session')).json()) as object),
} satisfies Record<string, (held: Held) => Promise<boolean>>;
type Way = keyof typeof WAYS;

/** What is the portal's does not end the person's own session; a lower level leaves it at that level. */
const STILL_GIVES: Partial<Record<State, readonly Way[]>> = {
  level_too_low: ['session'],
  consent_withdrawn: ['session'],
  portal_disabled: ['session'],
};

async function issue(name: string): Promise<Held & { subject: SubjectId }> {
  const rp = await addPortal(db, { id: `portal-${name.replaceAll('_', '-')}`, minimumAcr: 'LoA2' });
  const subject = await addPerson(db);
  await allow(db, subject, rp.portal);
  const browser = new Browser(issuer);
  const sign = async (scope: string, prompt?: string) => {
    const request = authorizationRequest(issuer, rp, { scope, ...(prompt && { prompt }) });
    const back = await signIn(browser, request, subject);
    return { code: back.searchParams.get('code') ?? '', verifier: request.verifier };
  };
  const first = await sign('openid profile offline_access', 'consent');
  const token = await redeem(issuer, rp, first.code, first.verifier);
  return {
    rp,
    subject,
    browser,
    ...(await sign('openid profile')),
    accessToken: token.body['access_token'],
    refreshToken: token.body['refresh_token'],
  };
}

test('everything gives while nothing has happened', async () => {
  const held = await issue('nothing');
  for (const [name, way] of Object.entries(WAYS)) expect([name, await way(held)]).toEqual([name, true]);
});

describe.each(Object.keys(STATES) as State[])('%s', (state) => {
  test('every way refuses at once', async () => {
    const held = await issue(state);
    await STATES[state](held.subject, held.rp);
    await pause(50);
    const gives: string[] = [];
    for (const [name, way] of Object.entries(WAYS)) if (await way(held)) gives.push(name);
    expect(gives).toEqual(STILL_GIVES[state] ?? []);
  });
});

test('a portal that is opened again: what it held stays dead, and people sign in there anew', async () => {
  const held = await issue('opened-again');
  await disablePortal(deps, held.rp.portal.portalId, 'test');
  await pause(1_000); // what is issued and what happens are compared in whole seconds
  await enablePortal(deps, held.rp.portal.portalId, 'test');
  await pause(50);
  for (const name of ['code', 'refresh', 'introspection', 'introspection_of_refresh', 'userinfo'] as const) {
    expect([name, await WAYS[name](held)]).toEqual([name, false]);
  }
  const request = authorizationRequest(issuer, held.rp, { prompt: 'none' });
  const { url } = await held.browser.follow(request.url);
  const token = await redeem(issuer, held.rp, url.searchParams.get('code') ?? '', request.verifier);
  expect(token.status).toBe(200);
});
