import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpSmsSettings, parseDeliverySettings } from '../../src/delivery/delivery-config.ts';
import { type OpenGateway, createHttpSmsGateway } from '../../src/delivery/http-sms-gateway.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { listen } from '../support/edge-server.ts';
import {
  type Delivered,
  type Fault,
  type GatewayUnderTest,
  messageFor,
  messageGatewayContract,
} from '../support/message-gateway.contract.ts';

interface Seen {
  readonly url: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let fault: Fault | 'redirect' | 'endless' | 'unauthorised' | 'overloaded' | undefined;
const seen: Seen[] = [];
const delivered: Delivered[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    seen.push({ url: request.url ?? '', headers: request.headers, body });
    const answer = (status: number, text: string, headers = {}): void =>
      void response.writeHead(status, headers).end(text);
    if (fault === 'slow') return;
    if (fault === 'resetting') return void request.socket.resetAndDestroy();
    if (fault === 'refusing') return answer(200, JSON.stringify({ result: { code: 104, phone: '+84987654321' } }));
    if (fault === 'nonsense') return answer(200, '<html>+84987654321</html>');
    if (fault === 'redirect') return answer(307, '', { location: '/elsewhere' });
    if (fault === 'unauthorised') return answer(401, '');
    if (fault === 'overloaded') return answer(503, '');
    if (fault === 'endless') return answer(200, `{"result":{"code":100,"x":"${'a'.repeat(200_000)}"}}`);
    const fields = request.headers['content-type']?.startsWith('application/json')
      ? (JSON.parse(body) as Record<string, string>)
      : Object.fromEntries(new URLSearchParams(body));
    delivered.push({ to: fields['to'] ?? '', text: fields['content'] ?? '' });
    return answer(200, '{"result":{"code":100}}');
  });
});

/** Long enough for a busy machine, short enough to wait for. */
const DEADLINE_MS = 1_500;
const KEY = 'k3y-of-the-gateway';
const secrets = new Map([['key', new Sealed(KEY)]]);
const opened: OpenGateway[] = [];
let port = 0;
function gateway(changes: object = {}): OpenGateway {
  const one = {
    kind: 'http',
    name: 'first',
    url: `http://localhost:${port}/send`,
    headers: { Authorization: 'Bearer {secret.key}' },
    secrets: { key: { env: 'KEY' } },
    body: { json: { to: '{to_digits}', content: '{text}', meta: { key: '{secret.key}', n: 1 } } },
    success: { field: { path: 'result.code', equals: 100 } },
    timeoutMs: DEADLINE_MS,
    ...changes,
  };
  const [settings] = parseDeliverySettings(JSON.stringify({ sms: [one] })).sms;
  const made = createHttpSmsGateway(settings as HttpSmsSettings, secrets);
  opened.push(made);
  return made;
}

let under: GatewayUnderTest;
beforeAll(async () => {
  port = await listen(server);
  under = {
    gateway: gateway(),
    channel: 'sms',
    deadlineMs: DEADLINE_MS,
    delivered: async () => delivered,
    breakDown: (kind) => (fault = kind),
    repair: () => (fault = undefined),
  };
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  server.closeAllConnections();
  server.close();
});

messageGatewayContract('the HTTP gateway', () => under);

describe('the HTTP gateway', () => {
  test('sends its secrets where the operator said, and nothing personal in the address or the headers', async () => {
    await under.gateway.send(messageFor('sms'));
    const last = seen.at(-1)!;
    expect(last.headers['authorization']).toBe(`Bearer ${KEY}`);
    expect(JSON.parse(last.body)).toMatchObject({ meta: { key: KEY, n: 1 } });
    expect(last.url + JSON.stringify(last.headers)).not.toMatch(/987654321|246810/);
  });

  test('writes forms, plain text and local numbers for providers that want them', async () => {
    const form = gateway({ body: { form: { to: '{to_local}', content: '{text}' } }, plain: true });
    expect(await form.send(messageFor('sms', 'Đây là mã: 1&2'))).toEqual({ kind: 'accepted' });
    expect(delivered.at(-1)).toEqual({ to: '0987654321', text: 'Day la ma: 1&2' });
  });

  test.each([
    ['redirect', 'bad_answer'],
    ['endless', 'bad_answer'],
    ['unauthorised', 'not_authorised'],
    ['overloaded', 'busy'],
    ['refusing', 'refused'],
    ['nonsense', 'bad_answer'],
    ['slow', 'timeout'],
    ['resetting', 'unreachable'],
  ] as const)('%s is %s', async (kind, reason) => {
    const before = seen.length;
    fault = kind;
    expect(await under.gateway.send(messageFor('sms'))).toEqual({ kind: 'failed', reason });
    fault = undefined;
    expect(seen.length).toBe(before + 1); // followed nowhere, repeated never
  });

  test('a port where nobody listens is unreachable', async () => {
    const nobody = gateway({ url: 'http://127.0.0.1:1/' });
    expect(await nobody.send(messageFor('sms'))).toEqual({ kind: 'failed', reason: 'unreachable' });
  });

  test('does not take mail', async () => {
    expect((await under.gateway.send(messageFor('email'))).kind).toBe('failed');
  });
});
