import { beforeAll, describe, expect, test } from '@jest/globals';
import { addPortal, authorizationRequest, basic } from '../provider/support/relying-party.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { rawRequest } from '../support/raw-request.ts';
import { HANH } from './support/people.ts';
import { startApp } from './support/start-app.ts';
import { Visitor } from './support/visitor.ts';

const { db, url: dbUrl } = await freshDatabase();
const { cache, url: cacheUrl } = await freshCache();
const rp = await addPortal(db, { id: 'dich-vu' });
const app = await startApp({ db, dbUrl, cacheUrl });
const host = new URL(app.issuer).host;
const UID = 'x'.repeat(43);

const PAGES = [
  '/',
  '/account',
  '/account/signed-in',
  '/register',
  '/register/code',
  '/register/password',
  '/register/done',
  `/interaction/${UID}`,
  '/sandbox',
  '/sandbox/people.json',
  '/sandbox/outbox.json',
  '/assets/style.css',
  '/auth',
  '/auth/abc',
  '/me',
  '/jwks',
  '/session/end',
  '/.well-known/openid-configuration',
];
const FORMS = [
  ...['identify', 'password', 'second-factor', 'resend', 'code', 'passkey', 'passkey-enrol', 'consent', 'restart'].map(
    (step) => `/interaction/${UID}/${step}`,
  ),
  '/register',
  '/register/code',
  '/register/resend',
  '/register/restart',
  '/register/password',
  '/auth',
  '/token',
  '/me',
  '/request',
  '/token/introspection',
  '/token/revocation',
  '/reg',
  '/session/end',
  '/session/end/confirm',
];
const FORM = 'Content-Type: application/x-www-form-urlencoded';
const JSON_TYPE = 'Content-Type: application/json';

async function send(method: string, path: string, headers: readonly string[], body = ''): Promise<[number, string]> {
  const own = headers.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${host}`];
  const sized = /^transfer-encoding/im.test(headers.join('\n')) ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${method} ${path} HTTP/1.1`, ...own, ...headers, ...sized, 'Connection: close', '', ''].join('\r\n');
  const answer = await rawRequest(app.port, head + body);
  // an error before any portal is known says who asked, without credentials: the library's choice, and nothing to read in it
  const shown = [...answer.headers].filter(([name]) => name !== 'access-control-allow-origin');
  return [answer.status, shown.flat().join('\n') + answer.text];
}
const defects = (): string[] =>
  app.lines().filter((line) => /"event":"(defect|provider_failed|error_page_failed)"/.test(line));

/** Sends one hostile thing to every address; what came back that should not have. */
async function sweep(
  method: string,
  paths: readonly string[],
  headers: readonly string[],
  body = '',
  change = (path: string) => path,
): Promise<string[]> {
  const bad: string[] = [];
  for (const path of paths) {
    const [status, text] = await send(method, change(path), headers, body);
    if (status === 0 || status >= 500 || text.includes('evil.example')) bad.push(`${method} ${path}: ${status}`);
  }
  return [...bad, ...defects()];
}

describe('a page asked for in a hostile way is never a 500, and never speaks of a foreign host', () => {
  test.each<[string, readonly string[], (path: string) => string]>([
    ['foreign Host', ['Host: evil.example'], (path) => path],
    ['two Hosts', [`Host: ${host}`, 'Host: evil.example'], (path) => path],
    ['X-Forwarded-Host', ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https'], (path) => path],
    ['Forwarded', ['Forwarded: host=evil.example;proto=https'], (path) => path],
    ['absolute form', [], (path) => `http://evil.example${path}`],
    ['two slashes', [], (path) => `//evil.example${path}`],
    ['broken percent in the path', [], (path) => `${path}/%zz%`],
    ['NUL in the path', [], (path) => `${path}/%00`],
    ['dots in the path', [], (path) => `${path}/..%2f..%2f..%2fetc%2fpasswd`],
    ['dots below assets', [], () => '/assets/..%2f..%2fpackage.json'],
    ['broken percent in the query', [], (path) => `${path}?client_id=%zz&redirect_uri=%&state=%00%ff`],
    ['repeated parameters', [], (path) => `${path}?client_id=a&client_id=b&scope=openid&scope=openid`],
    ['parameters with brackets', [], (path) => `${path}?client_id[a]=b&__proto__[x]=1&constructor[prototype]=1`],
    ['a long query', [], (path) => `${path}?state=${'a'.repeat(7_000)}`],
    [
      'broken cookies',
      ['Cookie: eid.session=%00; eid.interaction=";;=; eid.csrf=%; __proto__=1; eid.lang=%ff; eid.register=%'],
      (path) => path,
    ],
    ['many cookies', [`Cookie: ${'a=b; '.repeat(1_000)}`], (path) => path],
    [
      'a strange Accept',
      ['Accept: */*;q=x, text/html;q=9', 'Accept-Language: ,,;q=,*-*-*', 'Accept-Encoding: x'],
      (path) => path,
    ],
    ['a strange Authorization', ['Authorization: Basic %%%', 'DPoP: a.b.c'], (path) => path],
    ['a Bearer of junk', ['Authorization: Bearer \u00ff\u00fe.{}[]'], (path) => path],
  ])('%s', async (_, headers, change) => {
    expect(await sweep('GET', PAGES, headers, '', change)).toEqual([]);
  });

  test.each(['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])('by %s', async (method) => {
    expect(await sweep(method, [...PAGES, ...FORMS], [])).toEqual([]);
  });
});

describe('a form sent in a hostile way is never a 500', () => {
  const deep = `a${'[a]'.repeat(5_000)}=1`;
  test.each<[string, readonly string[], string]>([
    ['nothing', [], ''],
    ['an empty form', [FORM], ''],
    ['no type', [], 'a=b'],
    ['JSON', [JSON_TYPE], '{"a":{"b":[]}}'],
    ['broken JSON', [JSON_TYPE], '{"a":'],
    ['JSON null', [JSON_TYPE], 'null'],
    [
      'JSON of strange keys',
      [JSON_TYPE],
      '{"__proto__":{"x":1},"constructor":{"prototype":{}},"redirect_uris":{"length":9}}',
    ],
    [
      'JSON with wrong types',
      [JSON_TYPE],
      '{"redirect_uris":7,"jwks":[],"contacts":{},"client_name":["a"],"grant_types":"x"}',
    ],
    ['deep JSON', [JSON_TYPE], '['.repeat(15_000)],
    ['multipart', ['Content-Type: multipart/form-data; boundary=x'], '--x\r\n\r\n--x--'],
    ['another charset', [`${FORM}; charset=utf-16`], 'a=b'],
    ['compressed, it says', [FORM, 'Content-Encoding: gzip'], 'a=b'],
    ['repeated fields', [FORM], 'grant_type=a&grant_type=b&client_id=a&client_id=b&code=a&code=b'],
    ['fields with brackets', [FORM], 'grant_type[a]=1&code[]=x&__proto__[x]=1'],
    ['a deep field', [FORM], deep],
    ['broken percent', [FORM], 'grant_type=%zz&code=%&token=%ff%fe'],
    ['NUL', [FORM], 'grant_type=authorization_code&code=%00&token=%00&client_id=%00&xsrf=%00&national_id=%00'],
    ['a lone surrogate', [FORM], 'code=%ED%A0%80&client_id=%ED%A0%80&token=%ED%A0%80'],
    ['sixty KB', [FORM], `code=${'a'.repeat(60_000)}`],
    ['half a megabyte', [FORM], `code=${'a'.repeat(500_000)}`],
    ['a foreign Host', [FORM, 'Host: evil.example'], 'a=b'],
    ['a cross-site origin', [FORM, 'Origin: https://evil.example', 'Sec-Fetch-Site: cross-site'], 'a=b'],
    ['an unreadable length of chunks', [FORM, 'Transfer-Encoding: chunked'], 'zz\r\nabc\r\n0\r\n\r\n'],
    ['a client made of junk', [FORM, 'Authorization: Basic OjovLzo6'], 'grant_type=authorization_code&code=a'],
    [
      'an assertion of junk',
      [FORM],
      'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=a.b.c&grant_type=authorization_code',
    ],
    [
      'an assertion without a body',
      [FORM],
      'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=e30.e30.&client_id=dich-vu&grant_type=authorization_code&code=x',
    ],
  ])('%s', async (_, headers, body) => {
    expect(await sweep('POST', FORMS, headers, body)).toEqual([]);
  });
});

describe('the token endpoint, asked by a real portal with strange values', () => {
  const header = `Authorization: ${basic(rp.id, rp.secret).authorization}`;
  test.each([
    'grant_type=authorization_code',
    'grant_type=authorization_code&code=%00&redirect_uri=x&code_verifier=%00',
    `grant_type=authorization_code&code=${'a'.repeat(5_000)}&redirect_uri=https%3A%2F%2Fevil.example`,
    'grant_type=refresh_token&refresh_token=%F0%9F%98%80',
    "grant_type=refresh_token&refresh_token=' OR 1=1 --",
    'grant_type=password&username=a&password=b',
    'grant_type=client_credentials',
    'grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=a',
    'grant_type=urn:openid:params:grant-type:ciba&auth_req_id=a',
    'grant_type=__proto__',
    'grant_type=constructor',
    'grant_type=toString',
  ])('%s', async (body) => {
    for (const path of ['/token', '/token/introspection', '/token/revocation', '/request']) {
      const extra = `${body}&token=${encodeURIComponent(body)}&token_type_hint=__proto__`;
      const [status] = await send('POST', path, [FORM, header], extra);
      expect([path, status < 500, defects()]).toEqual([path, true, []]);
    }
  });
});

test('a portal that is known is not answered across origins', async () => {
  const header = `Authorization: ${basic(rp.id, rp.secret).authorization}`;
  const answer = await fetch(`${app.issuer}/token`, {
    method: 'POST',
    body: 'grant_type=authorization_code&code=x',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.example',
      authorization: header.slice('Authorization: '.length),
    },
  });
  expect([answer.status, answer.headers.get('access-control-allow-credentials')]).toEqual([400, null]);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

describe('the way back to a portal', () => {
  const registered = rp.redirectUri;
  test.each([
    `${registered}/`,
    `${registered}?x=1`,
    `${registered}#x`,
    `${registered}%00`,
    `${registered}.evil.example`,
    registered.replace('https://', 'https://evil.example@'),
    registered.replace('https://', 'https://a@b@evil.example@'),
    registered.replace('https://', 'http://'),
    registered.replace('https://', 'HTTPS://'),
    registered.replace('https://', 'https:/\\'),
    registered.replace('/cb', ':443/cb'),
    registered.replace('/cb', '\\cb'),
    registered.replace('/cb', '/./cb'),
    registered.replace('/cb', '/%63b'),
    registered.replace('.example', '.example.'),
    registered.toUpperCase(),
    `${registered}\t`,
    ` ${registered}`,
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/cb',
    '/cb',
    'https://evil.example/cb',
    'https://dịch-vu.gov.example/cb',
    'null',
    '',
  ])('is the registered one exactly, not %j', async (redirect_uri) => {
    const visitor = new Visitor(app.issuer);
    const page = await visitor.open(authorizationRequest(app.issuer, rp, { redirect_uri }).url);
    expect([page.url.origin, page.status, page.step]).toEqual([app.issuer, 400, 'error']);
    const bye = await visitor.open(
      `/session/end?client_id=${rp.id}&post_logout_redirect_uri=${encodeURIComponent(redirect_uri)}`,
    );
    expect([bye.url.origin, bye.status < 500]).toEqual([app.issuer, true]);
    expect(bye.headers.get('content-security-policy')).not.toMatch(/form-action[^;]*(evil|javascript|data:)/);
    expect(defects()).toEqual([]);
  });
});

describe('a visit that is open', () => {
  beforeAll(() => app.settle(HANH));

  test('refuses every form with an unknown, repeated, oversized or missing field, and stays where it is', async () => {
    const visitor = new Visitor(app.issuer);
    await visitor.arrive(rp);
    const csrf = visitor.token();
    const steps = [
      'identify',
      'password',
      'second-factor',
      'resend',
      'code',
      'passkey',
      'consent',
      'restart',
      'refuse',
    ];
    for (const step of steps) {
      for (const body of [
        `csrf=${csrf}&verified=true`,
        `csrf=${csrf}&csrf=${csrf}`,
        `csrf=${csrf}&national_id=${'1'.repeat(17_000)}&password=${'1'.repeat(50_000)}`,
        `csrf=${csrf}&__proto__=1`,
        `national_id=${HANH.national_id}`,
        'csrf=',
      ]) {
        const answer = await visitor.browser.go(`${visitor.base}/${step}`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        expect([step, body.slice(0, 60), Math.floor(answer.status / 100)]).toEqual([step, body.slice(0, 60), 4]);
      }
    }
    expect((await visitor.open(visitor.base)).step).toBe('identify');
    expect(defects()).toEqual([]);
  });
});

test('a registration takes any text anywhere without a 500, and begins nothing', async () => {
  const good: Record<string, string> = {
    national_id: '001199012345',
    full_name: 'Trần Thị Hạnh Phúc',
    birth_day: '2',
    birth_month: '1',
    birth_year: '1990',
    issued_day: '3',
    issued_month: '4',
    issued_year: '2022',
    phone: '0987650321',
  };
  const strange = [
    '',
    ' ',
    '-1',
    '0',
    '99',
    '1e9',
    '٣',
    '１２',
    '\u202e12',
    'NaN',
    '2'.repeat(4_000),
    '<b>',
    "';--",
    '\ud83d\ude00',
    'a\nb',
  ];
  const visitor = new Visitor(app.issuer);
  await visitor.open('/register');
  const csrf = visitor.token();
  const accounts = async () => (await db.query('SELECT 1 FROM account_identifier')).rowCount;
  const before = await accounts();
  for (const name of Object.keys(good)) {
    await cache.flushdb(); // the limit by address would answer for the rest
    for (const value of strange) {
      const page = await visitor
        .open('/register')
        .then(() => visitor.browser.go('/register', visitor.form({ csrf, ...good, [name]: value })));
      const html = await page.text();
      expect([name, value, page.status === 503 ? 'registry away' : page.status < 500]).toEqual([
        name,
        value,
        page.status === 503 ? 'registry away' : true,
      ]);
      expect(html).not.toContain('<b>');
    }
  }
  expect(defects()).toEqual([]);
  expect(await accounts()).toBe(before);
});
