import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SmtpSettings, parseDeliverySettings } from '../../src/delivery/delivery-config.ts';
import type { OpenGateway } from '../../src/delivery/http-sms-gateway.ts';
import { createSmtpGateway } from '../../src/delivery/smtp-gateway.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { type GatewayUnderTest, messageFor, messageGatewayContract } from '../support/message-gateway.contract.ts';
import { createSmtpServer } from '../support/smtp-server.ts';

const DEADLINE_MS = 1_500;
const mail = createSmtpServer();
const opened: OpenGateway[] = [];
let port = 0;

function gateway(changes: Partial<SmtpSettings> = {}): OpenGateway {
  const settings: SmtpSettings = {
    kind: 'smtp',
    name: 'mail',
    host: '127.0.0.1',
    port,
    tls: 'none',
    from: 'Danh Tính <khong-tra-loi@example.vn>',
    timeoutMs: DEADLINE_MS,
    ...changes,
  };
  const made = createSmtpGateway(settings, new Map([['password', new Sealed('pa55-of-the-mailbox')]]));
  opened.push(made);
  return made;
}

let under: GatewayUnderTest;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    mail.server.listen(0, '127.0.0.1', resolve);
  });
  port = (mail.server.address() as AddressInfo).port;
  under = {
    gateway: gateway(),
    channel: 'email',
    deadlineMs: DEADLINE_MS,
    delivered: async () => mail.delivered,
    breakDown: (kind) => (mail.fault = kind),
    repair: () => (mail.fault = undefined),
  };
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  mail.server.close();
});

messageGatewayContract('the SMTP gateway', () => under);

describe('the SMTP gateway', () => {
  test('tells a refusal of the message from trouble of the server', async () => {
    mail.fault = 'refusing';
    expect(await under.gateway.send(messageFor('email'))).toEqual({ kind: 'failed', reason: 'refused' });
    mail.fault = 'later';
    expect(await under.gateway.send(messageFor('email'))).toEqual({ kind: 'failed', reason: 'busy' });
    mail.fault = undefined;
  });

  test('a server that offers no TLS gets neither the message nor the password', async () => {
    const before = mail.lines.length;
    const strict = gateway({ tls: 'starttls', user: 'box', password: { env: 'X' } });
    expect((await strict.send(messageFor('email'))).kind).toBe('failed');
    const said = mail.lines.slice(before).join('\n');
    expect(said).not.toMatch(/^(MAIL|RCPT|DATA|AUTH)/im);
    expect(said).not.toContain(Buffer.from('pa55-of-the-mailbox').toString('base64'));
  });

  test('a subject cannot add a header', async () => {
    const before = mail.lines.length;
    await under.gateway.send({ ...messageFor('email'), subject: 'Mã\r\nBcc: ke.gian@example.vn' });
    expect(mail.lines.slice(before).join('\n')).not.toMatch(/^bcc:/im);
  });

  test('TLS is a must except on loopback', () => {
    const file = (host: string) =>
      JSON.stringify({
        sms: [{ kind: 'http', name: 'a', url: 'https://sms.example.vn', body: { json: {} } }],
        email: [{ kind: 'smtp', name: 'mail', host, port: 25, tls: 'none', from: 'a@example.vn' }],
      });
    expect(() => parseDeliverySettings(file('mail.example.vn'))).toThrow('mail needs tls');
    expect(parseDeliverySettings(file('localhost')).email).toHaveLength(1);
  });
});
