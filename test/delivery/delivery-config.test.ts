import { describe, expect, test } from '@jest/globals';
import { parseDeliverySettings, readSecrets } from '../../src/delivery/delivery-config.ts';
import { openGateways } from '../../src/delivery/open-gateways.ts';

const http = (changes: object = {}) => ({
  kind: 'http',
  name: 'first',
  url: 'https://sms.example.vn/send',
  body: { json: { to: '{to}', text: '{text}' } },
  ...changes,
});
const parse = (sms: object[], more: object = {}) => parseDeliverySettings(JSON.stringify({ sms, ...more }));

test('a short description gets its defaults', () => {
  expect(parse([http()])).toEqual({
    sms: [
      {
        ...http(),
        method: 'POST',
        headers: {},
        secrets: {},
        success: { status: [200] },
        plain: false,
        timeoutMs: 5000,
      },
    ],
    email: [],
  });
});

describe('what is refused', () => {
  test.each<[string, object, string]>([
    ['an unknown key', http({ retires: 3 }), 'retires'],
    ['an unknown kind', { kind: 'pigeon', name: 'x' }, 'sms.0.kind'],
    ['http beyond loopback', http({ url: 'http://sms.example.vn' }), 'https'],
    ['a number in the address', http({ method: 'GET' }), 'method'],
    ['an unknown placeholder', http({ body: { json: { x: '{phone}' } } }), 'body'],
    ['a secret nobody named', http({ headers: { Authorization: '{secret.key}' } }), 'headers'],
    ['a person in a header', http({ headers: { 'X-To': '{to}' } }), 'headers'],
    ['a header in two lines', http({ headers: { 'X-A': 'a\r\nX-B: b' } }), 'headers'],
    ['a secret in clear', http({ secrets: { key: 'abc' } }), 'secrets'],
    ['no deadline', http({ timeoutMs: 0 }), 'timeoutMs'],
  ])('%s', (_, sms, named) => {
    expect(() => parse([sms])).toThrow(named);
  });

  test('everything wrong is named at once', () => {
    expect(() => parse([http({ a: 1 }), http({ url: 'ftp://x' })], { fax: [] })).toThrow(
      /sms\.0[^]*sms\.1\.url[^]*fax/,
    );
    expect(() => parseDeliverySettings('{')).toThrow('not JSON');
    expect(() => parse([])).toThrow('sms');
  });
});

describe('secrets', () => {
  const source = {
    env: (name: string) => (name === 'SMS_KEY' ? 'from-env\n' : undefined),
    file: (path: string) => (path === '/run/secrets/sms' ? 'from-file\n' : undefined),
  };
  test('come from a file or the environment, sealed', () => {
    const secrets = readSecrets({ a: { env: 'SMS_KEY' }, b: { file: '/run/secrets/sms' } }, 'first', source);
    expect([secrets.get('a')?.reveal(), secrets.get('b')?.reveal()]).toEqual(['from-env', 'from-file']);
    expect(JSON.stringify([...secrets])).not.toContain('from-');
  });

  test('a missing one stops the start by name', () => {
    const settings = parse([http({ secrets: { key: { env: 'GONE' } } })]);
    expect(() => openGateways(settings, source)).toThrow('the secret key of gateway first is missing');
  });
});
