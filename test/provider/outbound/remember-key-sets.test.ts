import { expect, test } from '@jest/globals';
import type { Clock } from '../../../src/kernel/clock.ts';
import { createOutboundFetch } from '../../../src/provider/outbound/guarded-fetch.ts';
import { rememberKeySets } from '../../../src/provider/outbound/remember-key-sets.ts';
import { startJsonServer } from '../support/json-server.ts';

const HOUR_MS = 3_600_000;
const SET = { keys: [{ kty: 'EC', kid: 'one' }] };

async function portal() {
  let ms = Date.now();
  const clock: Clock = { now: () => new Date(ms) };
  const warned: object[] = [];
  const outbound = createOutboundFetch({ allowedHosts: [], loopback: true });
  const fetch = rememberKeySets(outbound.fetch, {
    clock,
    log: { warn: (entry: object) => warned.push(entry) } as never,
  });
  const server = await startJsonServer(SET);
  return {
    server,
    warned,
    pass: (hours: number) => (ms += hours * HOUR_MS),
    ask: () => fetch(server.uri, { method: 'GET' }),
    close: () => outbound.close(),
  };
}

test.each([
  ['is down', (server: Awaited<ReturnType<typeof startJsonServer>>) => server.answer('', 503)],
  ['answers a page', (server) => server.answer('<html></html>')],
  ['answers something else', (server) => server.answer({ error: 'x' })],
  ['answers no keys', (server) => server.answer({ keys: [null] })],
  ['redirects', (server) => server.answer('', 302, { location: 'http://127.0.0.1:1/' })],
] satisfies [string, (server: Awaited<ReturnType<typeof startJsonServer>>) => void][])(
  'while the address %s its last keys are used, for a day',
  async (_name, breakDown) => {
    const { server, warned, pass, ask, close } = await portal();
    expect(await (await ask()).json()).toEqual(SET);
    breakDown(server);
    pass(23);
    const stale = await ask();
    expect(await stale.json()).toEqual(SET);
    expect(stale.headers.get('cache-control')).toBe('max-age=0');
    expect(warned).toMatchObject([{ event: 'portal_keys_stale' }]);
    pass(2);
    await expect(ask()).rejects.toThrow();
    server.answer({ keys: [] });
    expect(await (await ask()).json()).toEqual({ keys: [] });
    await close();
  },
);

test('what was never had is not made up', async () => {
  const { server, ask, close } = await portal();
  server.answer('', 500);
  await expect(ask()).rejects.toThrow();
  await close();
});

test('new keys replace the old at once, and no answer counts for longer than a day', async () => {
  const { server, ask, close } = await portal();
  await ask();
  server.answer({ keys: [] }, 200, { 'cache-control': 'public, max-age=31536000' });
  const answer = await ask();
  expect(await answer.json()).toEqual({ keys: [] });
  expect(answer.headers.get('cache-control')).toBe('max-age=86400');
  await close();
});
