import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLog } from '../../src/http/log.ts';
import { open } from '../../src/http/route.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { type EdgeServer, startEdgeServer } from '../support/edge-server.ts';

let edge: EdgeServer;
beforeAll(async () => {
  edge = await startEdgeServer([
    { method: 'GET', path: '/people/:uid', guard: open, handle: (ctx) => void (ctx.body = '') },
  ]);
});
afterAll(() => edge.stop());

test('a request is one line with pattern, address and source port, without its URL or headers', async () => {
  await fetch(new URL('/people/001199012345?code=123456', edge.issuer), { headers: { 'x-name': 'Nguyen' } });
  await fetch(new URL('/001199012345', edge.issuer));
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  const [first, second] = edge.lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'request');
  expect(first).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    event: 'request',
    requestId: expect.stringMatching(/^[\w-]{12}$/),
    address: '127.0.0.1',
    sourcePort: expect.any(Number),
    method: 'GET',
    route: '/people/:uid',
    status: 200,
    durationMs: expect.any(Number),
  });
  expect(second).toMatchObject({ route: 'other', status: 404 });
  expect(edge.lines.join('')).not.toMatch(/001199012345|123456"|Nguyen/);
});

test('only known keys with plain values are written', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  log.info({ event: 'sent', channel: 'sms', phone: '+84900000001', reason: { to: '+84900000001' } as never });
  log.info({ event: new Sealed('secret') as never, gateway: 'x'.repeat(900) });
  log.error(
    Object.assign(new Error('duplicate key (phone)=(+84900000001)'), { code: '23505', constraint: 'one_phone' }),
  );
  expect(lines.join('')).not.toMatch(/84900000001|secret/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'sent', channel: 'sms', dropped: ['phone', 'reason'] });
  expect(JSON.parse(lines[1] ?? '').gateway).toHaveLength(200);
  expect(JSON.parse(lines[2] ?? '').err).toMatchObject({ name: 'Error', code: '23505', constraint: 'one_phone' });
});
