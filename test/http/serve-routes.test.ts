import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { field, sealedField } from '../../src/http/form.ts';
import { RequestError } from '../../src/http/request-error.ts';
import { type Route, open } from '../../src/http/route.ts';
import { param, query, serveRoutes } from '../../src/http/serve-routes.ts';
import { type EdgeServer, startEdgeServer } from '../support/edge-server.ts';
import { rawRequest } from '../support/raw-request.ts';

const handled: string[] = [];
const routes: Route[] = [
  {
    method: 'GET',
    path: '/form',
    guard: open,
    handle: (ctx) => {
      ctx.body = String(ctx.state['csrfToken']);
    },
  },
  {
    method: 'POST',
    path: '/form/:uid',
    guard: open,
    fields: ['name', 'password', '__proto__x'],
    handle: (ctx) => {
      handled.push(param(ctx, 'uid'));
      ctx.body = `${field(ctx, 'name')}|${String(sealedField(ctx, 'password'))}`;
    },
  },
  {
    method: 'POST',
    path: '/passkey',
    guard: open,
    fields: ['credential'],
    handle: (ctx) => {
      ctx.body = String(field(ctx, 'credential').length);
    },
  },
  {
    method: 'POST',
    path: '/closed',
    guard: () => {
      throw new RequestError('forbidden');
    },
    fields: [],
    handle: () => void handled.push('closed'),
  },
  {
    method: 'GET',
    path: '/query',
    guard: open,
    handle: (ctx) => {
      ctx.body = query(ctx, 'to') ?? 'none';
    },
  },
  {
    method: 'GET',
    path: '/undeclared',
    guard: open,
    handle: (ctx) => void field(ctx, 'name'),
  },
];

let edge: EdgeServer;
let cookie = '';
let token = '';
beforeAll(async () => {
  edge = await startEdgeServer(routes);
  const page = await fetch(new URL('/form', edge.issuer));
  token = await page.text();
  cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(() => edge.stop());

const FORM = 'application/x-www-form-urlencoded';
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, edge.issuer), { method: 'POST', body, headers: { 'content-type': FORM, cookie, ...headers } });

test('a good form arrives', async () => {
  const answer = await post('/form/u1', `name=+Nguy%E1%BB%85n+&password=a+b&csrf=${token}`);
  expect([answer.status, await answer.text()]).toEqual([200, 'Nguyễn|[sealed]']);
});

test('a credential may be 60 KB, another value may not', async () => {
  const ok = await post('/passkey', `credential=${'a'.repeat(60_000)}&csrf=${token}`);
  expect([ok.status, await ok.text()]).toEqual([200, '60000']);
  expect((await post('/passkey', `credential=${'a'.repeat(70_000)}&csrf=${token}`)).status).toBe(413);
});

describe('hostile forms are refused before the route runs', () => {
  const deep = `name${'[a]'.repeat(2000)}`;
  test.each<[string, string, Record<string, string>, number, string]>([
    ['unknown field', 'name=a&role=officer', {}, 400, 'unknown_field'],
    ['__proto__', '__proto__=1', {}, 400, 'unknown_field'],
    ['__proto__ in brackets', '__proto__[verified]=1', {}, 400, 'unknown_field'],
    ['constructor', 'constructor=1&name=a', {}, 400, 'unknown_field'],
    ['array field', 'name[]=a', {}, 400, 'unknown_field'],
    ['dotted field', 'name.x=a', {}, 400, 'unknown_field'],
    ['deep field', `${deep}=1`, {}, 400, 'unknown_field'],
    ['repeated field', 'name=a&name=b', {}, 400, 'malformed_request'],
    ['repeated token', 'csrf=a&csrf=b', {}, 400, 'malformed_request'],
    ['broken percent', 'name=%', {}, 400, 'malformed_request'],
    ['broken percent in a name', '%zz=1', {}, 400, 'malformed_request'],
    ['overlong UTF-8', 'name=%C0%80', {}, 400, 'malformed_request'],
    ['lone surrogate', 'name=%ED%A0%80', {}, 400, 'malformed_request'],
    ['NUL', 'name=a%00b', {}, 400, 'malformed_request'],
    ['escape character', 'name=a%1Bb', {}, 400, 'malformed_request'],
    ['long value', `name=${'a'.repeat(5000)}`, {}, 413, 'request_too_large'],
    ['large body', `name=${'a'.repeat(20_000)}`, {}, 413, 'request_too_large'],
    ['very many fields', 'name=a&'.repeat(2_000), {}, 400, 'malformed_request'],
    ['JSON', '{"name":"a"}', { 'content-type': 'application/json' }, 415, 'unsupported_media_type'],
    ['plain text', 'name=a', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['multipart', 'x', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'unsupported_media_type'],
    ['another charset', 'name=a', { 'content-type': `${FORM}; charset=utf-7` }, 415, 'unsupported_media_type'],
    ['compressed', 'name=a', { 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
    ['no token', 'name=a', {}, 403, 'csrf_failed'],
    ['empty body', '', {}, 403, 'csrf_failed'],
    ['wrong token', 'name=a&csrf=x', {}, 403, 'csrf_failed'],
  ])('%s', async (_, body, headers, status, code) => {
    const before = handled.length;
    const answer = await post('/form/u1', body, headers);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(code)]);
    expect(handled).toHaveLength(before);
  });

  test('invalid bytes, and a body longer than announced by a chunked sender', async () => {
    const head = `POST /form/u1 HTTP/1.1\r\nHost: ${edge.issuer.host}\r\nContent-Type: ${FORM}\r\nConnection: close\r\n`;
    const bytes = Buffer.concat([Buffer.from(`${head}Content-Length: 7\r\n\r\nname=`), Buffer.from([0xff, 0xfe])]);
    expect((await rawRequest(edge.port, bytes)).status).toBe(400);
    const chunk = `1000\r\n${'a'.repeat(4096)}\r\n`;
    const endless = `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(8)}`;
    const answer = await rawRequest(edge.port, endless);
    expect([answer.status, answer.headers.get('connection')]).toEqual([413, 'close']);
  });
});

describe('who sent it', () => {
  const body = () => `name=a&csrf=${token}`;
  test.each<[string, Record<string, string>, number]>([
    ['our own page', { origin: 'ISSUER', 'sec-fetch-site': 'same-origin' }, 200],
    ['a hidden origin, same site by the browser', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 200],
    ['a hidden origin alone', { origin: 'null' }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['the same host on another port', { origin: 'http://localhost:4001' }, 403],
    ['cross-site by the browser', { 'sec-fetch-site': 'cross-site' }, 403],
    ['same-site by the browser', { 'sec-fetch-site': 'same-site' }, 403],
  ])('%s', async (_, headers, status) => {
    const own = Object.fromEntries(
      Object.entries(headers).map(([k, v]) => [k, v === 'ISSUER' ? edge.issuer.origin : v]),
    );
    expect((await post('/form/u1', body(), own)).status).toBe(status);
  });

  test("another browser's token, no cookie, a made-up cookie", async () => {
    const other = await fetch(new URL('/form', edge.issuer));
    expect((await post('/form/u1', `csrf=${await other.text()}`)).status).toBe(403);
    expect((await post('/form/u1', body(), { cookie: '' })).status).toBe(403);
    expect((await post('/form/u1', body(), { cookie: `eid.csrf=${'a'.repeat(43)}` })).status).toBe(403);
    expect((await post('/form/u1', body(), { cookie: 'eid.csrf=%00' })).status).toBe(403);
  });

  test('the cookie is out of reach of scripts and other sites, and set once', async () => {
    const first = await fetch(new URL('/form', edge.issuer));
    expect(first.headers.get('set-cookie')).toMatch(/^eid\.csrf=[\w-]{43}; path=\/; samesite=lax; httponly$/);
    expect((await fetch(new URL('/form', edge.issuer), { headers: { cookie } })).headers.get('set-cookie')).toBeNull();
    expect((await fetch(new URL('/query', edge.issuer))).headers.get('set-cookie')).toBeNull();
  });
});

describe('paths and methods', () => {
  const get = (path: string) =>
    rawRequest(edge.port, `GET ${path} HTTP/1.1\r\nHost: ${edge.issuer.host}\r\nConnection: close\r\n\r\n`);

  test.each<[string, number]>([
    ['/nowhere', 404],
    ['/form/', 404],
    ['/form/u1/', 404],
    ['/FORM', 404],
    ['/form%2F', 404],
    ['/form;x', 404],
    ['/query?to=a', 200],
    ['/query?to=a&to=b', 400],
    [`/query?to=${'a'.repeat(600)}`, 400],
    ['/query?to=%ff%zz', 200],
    ['/query?__proto__=1', 200],
    ['//evil.example/form', 400],
    ['/\\evil.example', 400],
    [`/${'a/'.repeat(4000)}`, 404],
  ])('GET %.30s is %d', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  test.each<[string, number]>([
    ['/form/%', 400],
    ['/form/%00', 400],
    ['/form/a%2Fb', 400],
    ['/form/..%5C', 400],
    [`/form/${'a'.repeat(300)}`, 404],
    ['/form/__proto__', 403],
  ])('POST %.30s is %d', async (path, status) => {
    expect((await post(path, 'name=a')).status).toBe(status);
  });

  test('another method is named', async () => {
    const answer = await fetch(new URL('/form', edge.issuer), { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(new URL('/form/u1', edge.issuer))).headers.get('allow')).toBe('POST');
    expect((await fetch(new URL('/form', edge.issuer), { method: 'HEAD' })).status).toBe(200);
  });

  test('the guard stands before the body', async () => {
    const answer = await post('/closed', 'x'.repeat(20_000), { 'content-type': 'application/json' });
    expect([answer.status, handled.includes('closed')]).toEqual([403, false]);
  });

  test('the same route twice, or a field that is not declared, is a defect', async () => {
    expect(() => serveRoutes([...routes, routes[0]!], { counter: { count: async () => {} } })).toThrow('two routes');
    const answer = await fetch(new URL('/undeclared', edge.issuer));
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringMatching(/defect \d{4}-\d{4}/)]);
  });
});

test('every answer carries the headers, and no answer the input', async () => {
  const answer = await post('/form/u1', 'name=<script>alert(1)</script>');
  expect(await answer.text()).not.toContain('script');
  expect(answer.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(answer.headers.get('strict-transport-security')).toBeNull();
});
