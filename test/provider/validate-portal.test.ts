import { expect, test } from '@jest/globals';
import type { PortalId } from '../../src/kernel/ids.ts';
import type { Portal } from '../../src/portals/portal.ts';
import { generateClientSecret, hashClientSecret } from '../../src/provider/clients/client-secret.ts';
import { validatePortal } from '../../src/provider/clients/validate-portal.ts';

const said = { vi: 'Cổng', en: 'Portal' };
const portalWith = (metadata: Record<string, unknown>): Portal => ({
  portalId: 'p' as PortalId,
  name: said,
  authority: said,
  purpose: said,
  purposeVersion: 1,
  minimumAcr: 'LoA1',
  claims: [{ name: 'name', required: true }],
  sector: 'p.gov.example',
  homeUrl: 'https://p.gov.example',
  firstParty: false,
  dynamic: false,
  disabled: false,
  metadata: {
    redirect_uris: ['https://p.gov.example/cb'],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret: hashClientSecret(generateClientSecret()),
    ...metadata,
  },
});
const check = (metadata: Record<string, unknown>) => validatePortal(portalWith(metadata), { loopback: false });

test('a portal as it should be', async () => {
  expect(await check({})).toEqual({ kind: 'valid' });
  expect(await check({ redirect_uris: ['https://a.example/cb', 'https://b.example/cb'] })).toEqual({ kind: 'valid' });
});

const WRONG: [string, Record<string, unknown>, RegExp][] = [
  ['no addresses', { redirect_uris: [] }, /redirect_uris/],
  ['an address over http', { redirect_uris: ['http://p.gov.example/cb'] }, /scheme/],
  ['a secret in clear', { client_secret: 'secret' }, /not a hash/],
  ['no authentication', { token_endpoint_auth_method: 'none' }, /token_endpoint_auth_method/],
  ['a key method without a key', { token_endpoint_auth_method: 'private_key_jwt' }, /jwks/],
  ['the implicit way', { response_types: ['id_token'] }, /response_types/],
  ['RS256', { id_token_signed_response_alg: 'RS256' }, /id_token_signed_response_alg/],
  ['a logout address that is none', { backchannel_logout_uri: 'x' }, /backchannel_logout_uri/],
  ['keys that are none', { jwks: { keys: [{ kty: 'oct', k: 'x' }] } }, /Key Set/],
];
test.each(WRONG)('%s is refused, and said', async (_name, metadata, reason) => {
  const validity = await check(metadata);
  expect(validity.kind === 'invalid' && validity.reasons.join('; ')).toMatch(reason);
});

test('every reason is said at once', async () => {
  const validity = await check({ redirect_uris: ['http://x/'], client_secret: 'x', response_types: ['token'] });
  expect(validity.kind === 'invalid' ? validity.reasons.length : 0).toBeGreaterThanOrEqual(3);
});
