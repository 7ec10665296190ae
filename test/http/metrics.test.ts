import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

import { expect, test } from '@jest/globals';

import { createMetrics } from '../../src/http/metrics.ts';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

test('answers are counted by method and class of status, never by path, and shown to this machine alone', async () => {
  const metrics = createMetrics();
  const program = createServer(metrics.measure((_request, response) => response.writeHead(404).end())).listen(0);
  const shown = metrics.listen(0);
  await Promise.all([once(program, 'listening'), once(shown, 'listening')]);
  expect((shown.address() as AddressInfo).address).toBe('127.0.0.1');

  await fetch(`http://127.0.0.1:${portOf(program)}/interaction/very-secret`);
  await fetch(`http://127.0.0.1:${portOf(program)}/`, { method: 'PURGE' });
  const text = await (await fetch(`http://127.0.0.1:${portOf(shown)}/metrics`)).text();
  expect(text).toContain('http_answer_seconds_count{method="GET",status="4xx"} 1');
  expect(text).toContain('http_answer_seconds_count{method="other",status="4xx"} 1');
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toContain('secret');
  program.close();
  shown.close();
});
