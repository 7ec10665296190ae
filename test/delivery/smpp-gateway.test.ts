import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SmppSettings, parseDeliverySettings } from '../../src/delivery/delivery-config.ts';
import type { OpenGateway } from '../../src/delivery/http-sms-gateway.ts';
import { createSmppGateway } from '../../src/delivery/smpp-gateway.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { type GatewayUnderTest, messageFor, messageGatewayContract } from '../support/message-gateway.contract.ts';
import { createSmppServer } from '../support/smpp-server.ts';

const DEADLINE_MS = 1_500;
const centre = createSmppServer();
const opened: OpenGateway[] = [];
let port = 0;

function gateway(changes: Partial<SmppSettings> = {}): OpenGateway {
  const settings: SmppSettings = {
    kind: 'smpp',
    name: 'centre',
    host: '127.0.0.1',
    port,
    tls: 'none',
    privateNetwork: false,
    systemId: 'danhtinh',
    password: { env: 'X' },
    sender: 'DANHTINH',
    plain: false,
    timeoutMs: DEADLINE_MS,
    ...changes,
  };
  const made = createSmppGateway(settings, new Sealed('pa55word'));
  opened.push(made);
  return made;
}

let under: GatewayUnderTest;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    centre.server.listen(0, '127.0.0.1', resolve);
  });
  port = (centre.server.address() as AddressInfo).port;
  under = {
    gateway: gateway(),
    channel: 'sms',
    deadlineMs: DEADLINE_MS,
    delivered: async () => centre.delivered,
    breakDown: (kind) => (centre.fault = kind),
    repair: () => (centre.fault = undefined),
  };
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  for (const session of centre.sessions) session.destroy();
  centre.server.close();
});

messageGatewayContract('the SMPP gateway', () => under);

describe('the SMPP gateway', () => {
  test('binds once for many messages', async () => {
    const fresh = gateway();
    const before = centre.binds.length;
    await Promise.all(Array.from({ length: 20 }, (_, i) => fresh.send(messageFor('sms', `Tin ${i}`))));
    expect(centre.binds.slice(before)).toEqual([{ systemId: 'danhtinh', password: 'pa55word' }]);
  });

  test('plain text goes as one octet a character, marks as UCS-2, long texts in parts', async () => {
    const before = centre.parts.length;
    await gateway({ plain: true }).send(messageFor('sms', 'Mã của Quý vị là 246810'));
    expect(centre.delivered.at(-1)?.text).toBe('Ma cua Quy vi la 246810');
    await under.gateway.send(messageFor('sms', 'ệ'.repeat(70)));
    await under.gateway.send(messageFor('sms', 'ệ'.repeat(71)));
    expect(centre.delivered.at(-1)?.text).toBe('ệ'.repeat(71));
    expect(centre.parts.slice(before).map(({ coding, concatenated }) => [coding, concatenated])).toEqual([
      [0, false],
      [8, false],
      [8, true],
      [8, true],
    ]);
  });

  test.each([
    ['slow', 'timeout'],
    ['refusing', 'refused'],
    ['throttled', 'busy'],
    ['resetting', 'unreachable'],
  ] as const)('%s is %s', async (kind, reason) => {
    centre.fault = kind;
    expect(await under.gateway.send(messageFor('sms'))).toEqual({ kind: 'failed', reason });
    centre.fault = undefined;
  });

  test('a refused bind and a silent one fail in time, and the next send binds again', async () => {
    const fresh = gateway();
    centre.fault = 'refused_bind';
    expect(await fresh.send(messageFor('sms'))).toEqual({ kind: 'failed', reason: 'not_authorised' });
    centre.fault = 'silent_bind';
    expect((await fresh.send(messageFor('sms'))).kind).toBe('failed');
    centre.fault = undefined;
    await new Promise((resolve) => {
      setTimeout(resolve, DEADLINE_MS + 100);
    });
    expect(await fresh.send(messageFor('sms'))).toEqual({ kind: 'accepted' });
  });

  test('a link that the centre closed is opened again', async () => {
    expect((await under.gateway.send(messageFor('sms'))).kind).toBe('accepted');
    for (const session of centre.sessions) session.destroy();
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect((await under.gateway.send(messageFor('sms'))).kind).toBe('accepted');
  });

  test('nobody there is unreachable', async () => {
    expect(await gateway({ port: 1 }).send(messageFor('sms'))).toEqual({ kind: 'failed', reason: 'unreachable' });
  });

  test('a line without TLS must be said to be private', () => {
    const file = (extra: object) =>
      JSON.stringify({
        sms: [
          { kind: 'smpp', name: 'a', host: 'smsc.example.vn', port: 2775, tls: 'none', ...extra },
          { kind: 'http', name: 'b', url: 'https://sms.example.vn', body: { json: {} } },
        ].map((one) => (one.kind === 'smpp' ? { ...one, systemId: 'x', password: { env: 'P' }, sender: 'DT' } : one)),
      });
    expect(() => parseDeliverySettings(file({}))).toThrow('privateNetwork');
    expect(parseDeliverySettings(file({ privateNetwork: true })).sms).toHaveLength(2);
  });
});
