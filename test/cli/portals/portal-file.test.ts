import { expect, test } from '@jest/globals';

import { parsePortalFile } from '../../../src/cli/portals/portal-file.ts';
import { OperatorError } from '../../../src/kernel/operator-error.ts';

const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'one' };
const whole = {
  portal_id: 'so-tu-phap',
  name: { vi: 'Sở Tư pháp', en: 'Department of Justice' },
  authority: { vi: 'Sở Tư pháp', en: 'Department of Justice' },
  purpose: { vi: 'Cấp bản sao', en: 'To issue copies' },
  minimum_acr: 'LoA2',
  claims: [{ name: 'name', required: true }],
  home_url: 'https://tu-phap.example/',
  redirect_uris: ['https://tu-phap.example/callback'],
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: { keys: [key] },
};
const parse = (changes: object, loopback = false) =>
  parsePortalFile(JSON.stringify({ ...whole, ...changes }), { loopback });

test('a portal that signs needs no secret; its sector is the host it sends people back to', () => {
  const { portal, needsSecret } = parse({});
  expect(needsSecret).toBe(false);
  expect(portal).toMatchObject({ sector: 'tu-phap.example', firstParty: false, dynamic: false, disabled: false });
});

test('http to this machine only where that is allowed', () => {
  const local = { redirect_uris: ['http://localhost:5000/callback'] };
  expect(parse(local, true).portal.sector).toBe('localhost:5000');
  expect(() => parse(local)).toThrow('scheme');
});

test.each([
  ['an open address', { redirect_uris: ['https://*.example/callback'] }, 'redirect_uris.0'],
  ['a user part', { redirect_uris: ['https://a@b.example/'] }, 'redirect_uris.0'],
  ['a script', { home_url: 'javascript:alert(1)' }, 'home_url'],
  ['no address', { redirect_uris: [] }, 'redirect_uris'],
  ['a private key', { jwks: { keys: [{ ...key, d: 'secret' }] } }, 'jwks.keys.0.d'],
  ['no key for signing', { jwks: undefined }, 'jwks'],
  ['a key beside a secret', { token_endpoint_auth_method: 'client_secret_post' }, 'jwks'],
  ['no authentication', { token_endpoint_auth_method: 'none' }, 'token_endpoint_auth_method'],
  ['hosts without a sector', { redirect_uris: ['https://a.example/', 'https://b.example/'] }, 'sector'],
  ['a claim of no meaning', { claims: [{ name: 'religion', required: false }] }, 'claims.0.name'],
  ['a claim that only follows', { claims: [{ name: 'email_verified', required: false }] }, 'claims.0.name'],
  ['a level of no meaning', { minimum_acr: 'LoA0' }, 'minimum_acr'],
  ['a way round first party', { first_party: true }, 'the file'],
  ['an id with markup', { portal_id: '<b>' }, 'portal_id'],
])('%s is refused by name', (_what, changes, named) => {
  expect(() => parse(changes)).toThrow(OperatorError);
  expect(() => parse(changes)).toThrow(`- ${named}:`);
});

test('what is not JSON is refused', () => {
  expect(() => parsePortalFile('{', { loopback: false })).toThrow('not JSON');
});
