import { expect, test } from '@jest/globals';

import { readPortalFile } from '../../src/provider/clients/portal-file.ts';

const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'one' };
const whole = {
  portal_id: 'so-tu-phap',
  name: { vi: 'Sở Tư pháp', en: 'Department of Justice' },
  authority: { vi: 'Sở Tư pháp', en: 'Department of Justice' },
  purpose: { vi: 'Cấp bản sao', en: 'To issue copies' },
  agreement: { number: '12/2026/TT-C06', signed_on: '2026-07-01', security_level: 3 },
  minimum_acr: 'LoA2',
  claims: [{ name: 'name', required: true }],
  home_url: 'https://tu-phap.example/',
  redirect_uris: ['https://tu-phap.example/callback'],
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: { keys: [key] },
};
const rules = (loopback: boolean) => ({ loopback, today: '2026-08-14' });
const read = (changes: object, loopback = false) =>
  readPortalFile(JSON.stringify({ ...whole, ...changes }), rules(loopback));
function parse(changes: object, loopback = false) {
  const reading = read(changes, loopback);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.faults));
  return reading.draft;
}

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
  ['a way round first party', { first_party: true }, ''],
  ['our own pages’ id', { portal_id: 'account' }, 'portal_id'],
  ['no written agreement', { agreement: undefined }, 'agreement'],
  ['an agreement to come', { agreement: { ...whole.agreement, signed_on: '2026-08-15' } }, 'agreement.signed_on'],
  ['a system of level 2', { agreement: { ...whole.agreement, security_level: 2 } }, 'agreement.security_level'],
  ['a logo by http', { logo_uri: 'http://tu-phap.example/logo.png' }, 'logo_uri'],
  ['terms that are a script', { tos_uri: 'javascript:alert(1)' }, 'tos_uri'],
  ['an id with markup', { portal_id: '<b>' }, 'portal_id'],
])('%s is refused by name', (_what, changes, named) => {
  const reading = read(changes);
  expect(reading).toMatchObject({ kind: 'refused' });
  expect(reading.kind === 'refused' && reading.faults.map(({ at }) => at)).toContain(named);
});

test('what is not JSON is refused', () => {
  expect(readPortalFile('{', rules(false))).toEqual({ kind: 'refused', faults: [{ at: '', what: 'is not JSON' }] });
});
