import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRouteCounter } from '../../src/http/route-limit.ts';
import { type Route, open } from '../../src/http/route.ts';
import { openCache } from '../../src/storage/redis.ts';
import { type EdgeServer, startEdgeServer } from '../support/edge-server.ts';
import { freshCache } from '../support/fresh-cache.ts';

const { cache } = await freshCache();
const secret = Buffer.alloc(32, 9);
const limited = (method: Route['method'], path: string): Route => ({
  method,
  path,
  guard: open,
  limit: { points: 5, seconds: 60 },
  handle: (ctx) => {
    ctx.body = 'in';
  },
});
const routes = [limited('POST', '/try'), limited('GET', '/look'), limited('POST', '/other')];

let edge: EdgeServer;
beforeAll(async () => {
  edge = await startEdgeServer(routes, { counter: createRouteCounter({ cache, secret }), trustProxy: true });
});
afterAll(() => edge.stop());
const call = (path: string, address: string, method = 'POST', at = edge) =>
  fetch(new URL(path, at.issuer), { method, headers: { 'x-forwarded-for': address } });

test('fifty calls at once get in as often as the limit says, and the rest hear when to come back', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => call('/try', '203.0.113.1')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(45);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
});

test('another address, another route and another method have counts of their own', async () => {
  expect((await call('/try', '203.0.113.2')).status).toBe(200);
  expect((await call('/other', '203.0.113.1')).status).toBe(200);
  expect((await call('/look', '203.0.113.1', 'GET')).status).toBe(200);
});

test('rotating through a /64 and writing an address in another way is no way round', async () => {
  const ways = ['2001:db8::1', '2001:DB8:0:0::2', '2001:db8::ffff:3', '2001:0db8::4', '2001:db8:0:0:9:9:9:9'];
  for (const address of ways) expect((await call('/try', address)).status).toBe(200);
  expect((await call('/try', '2001:db8::77')).status).toBe(429);
  expect((await call('/try', '2001:db8:0:1::1')).status).toBe(200);
  for (const address of Array.from({ length: 5 }, () => '198.51.100.7')) await call('/try', address);
  expect((await call('/try', '::ffff:198.51.100.7')).status).toBe(429);
});

test('no key or value holds an address', async () => {
  const keys = await cache.keys('*');
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.join('\n')).not.toMatch(/203\.0\.113|198\.51|2001:db8/);
});

test('without the store a POST is refused and a page is served', async () => {
  const gone = openCache('redis://127.0.0.1:1');
  const blind = await startEdgeServer(routes, { counter: createRouteCounter({ cache: gone, secret }) });
  expect((await call('/try', '', 'POST', blind)).status).toBe(503);
  expect((await call('/look', '', 'GET', blind)).status).toBe(200);
  gone.disconnect();
  await blind.stop();
});
