import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Route, open } from '../../src/http/route.ts';
import { type EdgeServer, startEdgeServer } from '../support/edge-server.ts';
import { rawRequest } from '../support/raw-request.ts';

const seen: Route = {
  method: 'GET',
  path: '/seen',
  guard: open,
  handle: (ctx) => {
    ctx.body = {
      host: ctx.host,
      href: ctx.href,
      protocol: ctx.protocol,
      ip: ctx.ip,
      address: ctx.state['clientAddress'],
      headers: ctx.headers,
    };
  },
};
const token: Route = {
  ...seen,
  path: '/token',
  handle: (ctx) => {
    ctx.body = String(ctx.state['csrfToken']);
  },
};
const health: Route = { ...seen, path: '/health/live' };

let plain: EdgeServer;
let proxied: EdgeServer;
beforeAll(async () => {
  plain = await startEdgeServer([seen, health], { anyHost: ['/health/live'] });
  proxied = await startEdgeServer([seen, health, token], {
    issuer: new URL('https://id.example.vn'),
    trustProxy: true,
    anyHost: ['/health/live'],
  });
});
afterAll(async () => {
  await plain.stop();
  await proxied.stop();
});

const ask = (port: number, target: string, headers: string[]) =>
  rawRequest(port, [`GET ${target} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'));

describe('a foreign host is refused', () => {
  test.each([
    'evil.example',
    'localhost',
    'localhost:1',
    '127.0.0.1',
    'localhost.:PORT',
    'localhost:PORT@evil.example',
    'evil.example#localhost:PORT',
    'localhost:PORT.evil.example',
    'localhost:PORT, evil.example',
    '[::1]:PORT',
    '',
  ])('Host: %s', async (host) => {
    const answer = await ask(plain.port, '/seen', [`Host: ${host.replace('PORT', String(plain.port))}`]);
    expect(answer.status).toBe(421);
  });

  test('two hosts, no host', async () => {
    const twice = await ask(plain.port, '/seen', [`Host: ${plain.issuer.host}`, 'Host: evil.example']);
    expect(twice.status).toBe(400);
    expect((await ask(plain.port, '/seen', [])).status).toBe(400);
  });

  test('health checks come by address', async () => {
    expect((await ask(plain.port, '/health/live', ['Host: 10.0.0.7'])).status).toBe(200);
    expect((await ask(proxied.port, '/health/live', ['Host: 10.0.0.7'])).status).toBe(200);
  });
});

describe('no header moves an absolute address', () => {
  test.each([
    ['X-Forwarded-Host: evil.example'],
    ['Forwarded: host=evil.example;proto=https;for=1.2.3.4'],
    ['X-Forwarded-Proto: https'],
    ['X-Forwarded-Port: 444'],
    ['X-Forwarded-For: 1.2.3.4'],
    ['X-Original-URL: /evil'],
    [':authority: evil.example'],
  ])('%s', async (header) => {
    const answer = await ask(plain.port, '/seen', [`Host: ${plain.issuer.host.toUpperCase()}`, header]);
    if (header.startsWith(':')) {
      expect(answer.status).toBe(400);
      return;
    }
    const { headers, ...rest } = JSON.parse(answer.text);
    expect(rest).toEqual({
      host: plain.issuer.host,
      href: `${plain.issuer.origin}/seen`,
      protocol: 'http',
      ip: '127.0.0.1',
      address: '127.0.0.1',
    });
    expect(headers.forwarded ?? headers['x-forwarded-host'] ?? headers['x-forwarded-port']).toBeUndefined();
  });

  test.each<[string, number]>([
    ['http://evil.example/seen', 421],
    ['https://ISSUER/seen', 421],
    ['http://user@evil.example/seen', 421],
    ['http://ISSUER//evil.example/seen', 400],
    ['ftp://ISSUER/seen', 421],
    ['*', 400],
    ['seen', 400],
    ['http://', 400],
  ])('the absolute form %s', async (target, status) => {
    const { host } = plain.issuer;
    const answer = await ask(plain.port, target.replace('ISSUER', host), [`Host: ${host}`]);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('evil');
  });

  test('the absolute form of our own address is understood', async () => {
    const answer = await ask(plain.port, `${plain.issuer.origin}/seen?a=b`, [`Host: ${plain.issuer.host}`]);
    expect(JSON.parse(answer.text)).toMatchObject({ href: `${plain.issuer.origin}/seen?a=b` });
  });
});

describe('behind our own proxy', () => {
  const host = 'Host: id.example.vn';
  test('the last forwarded address counts, those the client wrote do not', async () => {
    const headers = [host, 'X-Forwarded-Proto: https', 'X-Forwarded-For: 1.2.3.4, 2001:db8::1'];
    const answer = JSON.parse((await ask(proxied.port, '/seen', headers)).text);
    expect(answer).toMatchObject({
      href: 'https://id.example.vn/seen',
      address: '2001:db8:0:0:0:0:0:1',
      protocol: 'https',
    });
  });

  test('plain http is refused, also when the client says https and the proxy http', async () => {
    expect((await ask(proxied.port, '/seen', [host])).status).toBe(421);
    expect((await ask(proxied.port, '/seen', [host, 'X-Forwarded-Proto: http'])).status).toBe(421);
    expect((await ask(proxied.port, '/seen', [host, 'X-Forwarded-Proto: https, http'])).status).toBe(421);
  });

  test('what a client says of its scheme does not reach the cookies', async () => {
    const headers = [host, 'X-Forwarded-Proto: http, https'];
    const answer = await ask(proxied.port, '/token', headers);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
      200,
      expect.stringMatching(/^__Host-eid\.csrf=[\w-]{43}; path=\/; samesite=lax; secure; httponly$/),
    ]);
  });

  test('TLS brings HSTS', async () => {
    const answer = await ask(proxied.port, '/seen', [host, 'X-Forwarded-Proto: https']);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  test('a forwarded address that is none is unknown, not trusted text', async () => {
    const headers = [host, 'X-Forwarded-Proto: https', 'X-Forwarded-For: <script>'];
    expect(JSON.parse((await ask(proxied.port, '/seen', headers)).text).address).toBe('unknown');
  });
});
