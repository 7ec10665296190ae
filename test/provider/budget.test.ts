import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { statementsOfRequests, stretchWire } from '../support/wire.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  APP_CODE,
  authorizationRequest,
  basic,
  post,
  redeem,
  signIn,
  type Request,
  type TestPortal,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();

const postgres = await stretchWire(dbUrl);
const redis = await stretchWire(cacheUrl);
const { issuer } = await startProvider({ db: postgres.url, cache: redis.url });

const [health, land] = [await addPortal(db, { id: 'health' }), await addPortal(db, { id: 'land' })];
const subject = await addPerson(db);
for (const { portal } of [health, land]) await allow(db, subject, portal);

/** A whole sign-in as the portal sees it: request, way back, token, userinfo. */
async function wholeSignIn(rp: TestPortal, browser: Browser, request: Request) {
  const back = await signIn(browser, request, subject, APP_CODE);
  const token = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier);
  const userinfo = await fetch(`${issuer}/me`, {
    headers: { authorization: `Bearer ${String(token.body['access_token'])}` },
  });
  expect(userinfo.status).toBe(200);
}

async function measure(
  name: string,
  work: () => Promise<void>,
  most: { calls: number; redis: number; postgres: number },
) {
  const calls = async () => ((await (await fetch(`${issuer}/test/calls`)).json()) as { calls: number }).calls;
  await calls();
  postgres.reset();
  redis.reset();
  await work();
  const spent = { redis: redis.trips(), postgres: statementsOfRequests(postgres).length, calls: await calls() };
  const { stdout } = process;
  stdout.write(
    `budget: ${name}: ${spent.calls} adapter calls, ${spent.redis} Redis round trips, ${spent.postgres} SQL\n`,
  );
  expect(spent.calls).toBeLessThanOrEqual(most.calls);
  expect(spent.redis).toBeLessThanOrEqual(most.redis);
  expect(spent.postgres).toBeLessThanOrEqual(most.postgres);
}

// the first use of a connection and of a statement costs extra: that is not the sign-in's
const warm = new Browser(issuer);
await wholeSignIn(health, warm, authorizationRequest(issuer, health));

const browser = new Browser(issuer);

test('a first sign-in', () =>
  measure('first sign-in', () => wholeSignIn(health, browser, authorizationRequest(issuer, health)), {
    calls: 12,
    redis: 11,
    postgres: 3,
  }));

test('single sign-on', () =>
  measure('single sign-on', () => wholeSignIn(land, browser, authorizationRequest(issuer, land)), {
    calls: 10,
    redis: 8,
    postgres: 3,
  }));

test('single sign-on at a portal visited before', () =>
  measure('single sign-on again', () => wholeSignIn(land, browser, authorizationRequest(issuer, land)), {
    calls: 10,
    redis: 9,
    postgres: 3,
  }));

test('a first sign-in with a pushed request', () =>
  measure(
    'first sign-in with PAR',
    async () => {
      const request = authorizationRequest(issuer, health);
      const pushed = await post(
        `${issuer}/request`,
        Object.fromEntries(request.params),
        basic(health.id, health.secret),
      );
      expect(pushed.status).toBe(201);
      const params = new URLSearchParams({ client_id: health.id, request_uri: String(pushed.body['request_uri']) });
      await wholeSignIn(health, new Browser(issuer), { ...request, url: `${issuer}/auth?${params.toString()}` });
    },
    { calls: 19, redis: 15, postgres: 3 },
  ));
