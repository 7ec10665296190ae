import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, expect, test } from '@jest/globals';

import { answerHealth } from '../../src/http/health.ts';
import type { Probe } from '../../src/http/health.ts';

const opened: { close(): unknown }[] = [];
afterAll(() => opened.forEach((server) => server.close()));

async function serve(probes: Record<string, Probe>, isStopping = () => false): Promise<string> {
  const server = createServer(answerHealth(probes, isStopping, (_request, response) => response.end('the program')));
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const up: Probe = async () => 'fine';
const gone: Probe = async () => {
  throw new Error('connect ECONNREFUSED 10.0.0.5:5432, password "hunter2"');
};

test('ready names the part that is gone, and nothing else of it', async () => {
  const base = await serve({ postgresql: gone, redis: up });
  const answer = await fetch(`${base}/health/ready`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'down', postgresql: 'down', redis: 'up' });
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('ready when all is there; live whatever is gone', async () => {
  expect((await fetch(`${await serve({ redis: up })}/health/ready`)).status).toBe(200);
  expect((await fetch(`${await serve({ redis: gone })}/health/live`)).status).toBe(200);
});

test('a part that does not answer counts as gone', async () => {
  const base = await serve({ redis: () => new Promise(() => {}) });
  expect(await (await fetch(`${base}/health/ready`)).json()).toEqual({ status: 'down', redis: 'down' });
});

test('not ready while stopping', async () => {
  const base = await serve({ redis: up }, () => true);
  expect((await fetch(`${base}/health/ready`)).status).toBe(503);
});

test('a crowd asks the parts once', async () => {
  let asked = 0;
  const base = await serve({ redis: () => new Promise((resolve) => setTimeout(resolve, 200, ++asked)) });
  await Promise.all(Array.from({ length: 20 }, () => fetch(`${base}/health/ready`)));
  expect(asked).toBeLessThanOrEqual(2);
});

test('every other address is the program', async () => {
  const base = await serve({ redis: up });
  for (const path of ['/', '/health', '/health/ready/more', '/x?/health/ready']) {
    expect(await (await fetch(base + path)).text()).toBe('the program');
  }
});
