import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { stretchWire } from '../support/wire.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  basic,
  PERSON,
  post,
  redeem,
  signIn,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { cache, url: cacheUrl } = await freshCache();

const postgres = await stretchWire(dbUrl);
const redis = await stretchWire(cacheUrl);
const { issuer, log } = await startProvider({ db: postgres.url, cache: redis.url });
const rp = await addPortal(db, { id: 'rp' });
const nationalId = '079190999888';
const phone = '+84909999888';
const subject = await addPerson(db, { personal: { nationalId, phone } });
await allow(db, subject, rp.portal);

/** Everything Redis holds, as text. */
async function everythingInRedis(): Promise<string> {
  const keys = await cache.keys('*');
  const values = await Promise.all(
    keys.map(async (key) => {
      const type = await cache.type(key);
      if (type === 'hash') return JSON.stringify(await cache.hgetall(key));
      if (type === 'zset') return (await cache.zrange(key, 0, -1)).join(' ');
      return (await cache.get(key)) ?? '';
    }),
  );
  return [...keys, ...values].join('\n');
}

test('nothing of the person, and no token, lies readable in Redis or the log, though the portal sends it', async () => {
  const claims = JSON.stringify({ userinfo: { national_id: { value: nationalId } }, id_token: { name: null } });
  const changes = {
    login_hint: nationalId,
    claims,
    scope: 'openid profile national_id offline_access',
    prompt: 'consent',
  };
  const request = authorizationRequest(issuer, rp, changes);
  const pushed = await post(`${issuer}/request`, Object.fromEntries(request.params), basic(rp.id, rp.secret));
  const params = new URLSearchParams({ client_id: rp.id, request_uri: String(pushed.body['request_uri']) });
  const unfinished = new Browser(issuer);
  const { answer } = await unfinished.follow(authorizationRequest(issuer, rp, changes).url);
  // the door is told, from the sealed interaction
  expect(((await answer.json()) as { interaction: { loginHint: string } }).interaction.loginHint).toBe(nationalId);
  const browser = new Browser(issuer);
  const back = await signIn(browser, { ...request, url: `${issuer}/auth?${params.toString()}` }, subject);
  const code = back.searchParams.get('code') ?? '';
  const { body } = await redeem(issuer, rp, code, request.verifier);
  const [stored, logged] = [await everythingInRedis(), log()];
  expect(stored.length).toBeGreaterThan(1_000);
  const secrets = [
    nationalId,
    phone,
    PERSON.fullName,
    code,
    body['access_token'],
    body['refresh_token'],
    body['id_token'],
    rp.secret,
  ];
  for (const secret of secrets) {
    expect(String(secret).length).toBeGreaterThan(8);
    expect(stored).not.toContain(secret);
    expect(logged).not.toContain(secret);
  }
  expect(stored).not.toContain(Buffer.from(nationalId).toString('base64').slice(0, 14));
  expect(logged).not.toContain(subject);
});

test('every key lives for a time', async () => {
  for (const key of await cache.keys('*')) expect([key, await cache.ttl(key)]).toEqual([key, expect.any(Number)]);
  const lasting = [];
  for (const key of await cache.keys('*')) if ((await cache.ttl(key)) < 0) lasting.push(key);
  expect(lasting).toEqual([]);
  for (const key of await cache.keys('*')) expect(key).toMatch(/^eid:[A-Z]\w+:/);
});

const signedIn = new Browser(issuer);

test.each([
  ['Redis', redis],
  ['PostgreSQL', postgres],
])(
  '%s away: 503 with a hint when to come back, and all is well when it is back',
  async (_name, wire) => {
    const request = authorizationRequest(issuer, rp);
    const back = await signIn(signedIn, request, subject);
    const { body } = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier);
    const bearer = { authorization: `Bearer ${String(body['access_token'])}` };
    wire.cut();
    const [userinfo, page] = await Promise.all([
      fetch(`${issuer}/me`, { headers: bearer }),
      signedIn.go(authorizationRequest(issuer, rp).url),
    ]);
    expect([userinfo.status, userinfo.headers.get('retry-after')]).toEqual([503, '30']);
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '30']);
    // what needs no store goes on
    expect((await fetch(`${issuer}/jwks`)).status).toBe(200);
    wire.mend();
    let status = 0;
    for (let i = 0; i < 40 && status !== 200; i += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 250);
      });
      ({ status } = await fetch(`${issuer}/me`, { headers: bearer }));
    }
    expect(status).toBe(200);
    const { url } = await signedIn.follow(authorizationRequest(issuer, rp, { prompt: 'none' }).url);
    expect(url.searchParams.has('code')).toBe(true);
  },
  40_000,
);
