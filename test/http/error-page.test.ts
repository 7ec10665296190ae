import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { REQUEST_ERRORS, RequestError, type RequestErrorCode } from '../../src/http/request-error.ts';
import { type Route, open } from '../../src/http/route.ts';
import { allowFormAction } from '../../src/http/security-headers.ts';
import { type EdgeServer, startEdgeServer } from '../support/edge-server.ts';

const SECRET = '001199012345';
const failing = (path: string, error: () => unknown): Route => ({
  method: 'GET',
  path,
  guard: open,
  handle: () => {
    throw error();
  },
});
const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const coded = (code: string) => Object.assign(new Error(`lost ${SECRET}`), { code });

const outages: [string, () => unknown][] = [
  ['refused', () => coded('ECONNREFUSED')],
  ['both-addresses', () => new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
  ['shutdown', () => coded('57P01')],
  ['pool', () => new Error('timeout exceeded when trying to connect')],
  ['terminated', () => new Error('Connection terminated unexpectedly')],
  ['retries', () => named('MaxRetriesPerRequestError', 'Reached the max retries per request limit')],
  ['loading', () => named('ReplyError', 'LOADING Redis is loading the dataset in memory')],
  ['wrapped', () => new Error('could not save', { cause: coded('ECONNRESET') })],
];
const defects: [string, () => unknown][] = [
  ['plain', () => new Error('the programme is wrong')],
  ['driver', () => Object.assign(new Error(`invalid input syntax: "${SECRET}"`), { code: '22P02' })],
  ['parser', () => new SyntaxError(`Unexpected token, "${SECRET}" is not valid JSON`)],
  ['wrong-reply', () => named('ReplyError', `ERR ${SECRET}`)],
  ['text', () => SECRET],
  ['nothing', () => undefined],
  ['circle', () => Object.assign(new Error('round'), { cause: {} })],
];

let edge: EdgeServer;
let broken: EdgeServer;
const routes = [
  ...Object.keys(REQUEST_ERRORS).map((code) =>
    failing(`/${code}`, () => new RequestError(code as RequestErrorCode, 7)),
  ),
  ...outages.map(([name, error]) => failing(`/outage/${name}`, error)),
  ...defects.map(([name, error]) => failing(`/defect/${name}`, error)),
  {
    method: 'GET',
    path: '/portal',
    guard: open,
    handle: (ctx) => {
      allowFormAction(ctx, 'https://portal.example.vn/cb?x=1');
      allowFormAction(ctx, 'vn.gov.app:/cb');
      ctx.body = '';
    },
  } satisfies Route,
  {
    method: 'GET',
    path: '/script',
    guard: open,
    handle: (ctx) => allowFormAction(ctx, 'javascript:alert(1)'),
  } satisfies Route,
];
beforeAll(async () => {
  edge = await startEdgeServer(routes);
  broken = await startEdgeServer(routes, {
    render: () => {
      throw new Error('the view is broken');
    },
  });
});
afterAll(async () => {
  await edge.stop();
  await broken.stop();
});
const get = (path: string, at = edge) => fetch(new URL(path, at.issuer));

test.each(Object.entries(REQUEST_ERRORS))('%s answers %d and says when to come back', async (code, status) => {
  const answer = await get(`/${code}`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '7']);
  expect(await answer.text()).toContain(code);
});

test.each(outages)('outage: %s', async (name) => {
  const answer = await get(`/outage/${name}`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  expect(await answer.text()).toContain('unavailable');
});

test.each(defects)('defect: %s shows a number only, and the log line of that number quotes nobody', async (name) => {
  const answer = await get(`/defect/${name}`);
  const incident = /\d{4}-\d{4}/.exec(await answer.text())?.[0];
  expect([answer.status, incident]).toEqual([500, expect.any(String)]);
  expect(edge.lines.some((line) => line.includes(String(incident)))).toBe(true);
  expect(edge.lines.find((line) => line.includes(SECRET))).toBeUndefined();
});

describe('when the view itself fails', () => {
  test('the page is plain text with the right status', async () => {
    const defect = await get('/defect/plain', broken);
    expect([defect.status, defect.headers.get('content-type')]).toEqual([500, 'text/plain; charset=utf-8']);
    expect(await defect.text()).toMatch(/Mã sự cố \/ Incident: \d{4}-\d{4}/);
    const outage = await get('/outage/refused', broken);
    expect([outage.status, await outage.text()]).toEqual([503, expect.stringContaining('tạm gián đoạn')]);
    expect((await get('/nowhere', broken)).status).toBe(404);
  });
});

test('a form may end at the portal of this page, never at a script', async () => {
  const policy = (await get('/portal')).headers.get('content-security-policy');
  expect(policy).toContain("form-action 'self' https://portal.example.vn vn.gov.app:;");
  expect((await get('/')).headers.get('content-security-policy')).toContain("form-action 'self';");
  expect((await get('/script')).status).toBe(500);
});
