import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { startProvider } from './support/start-provider.ts';

const { db: _db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const sandbox = await startProvider({ db: dbUrl, cache: cacheUrl, sandbox: true });

async function discovery(at: string) {
  const answer = await fetch(`${at}/.well-known/openid-configuration`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
  return JSON.parse((await answer.text()).replaceAll(at, 'https://id.example')) as object;
}

// a new version of the library that turns something on, or off, shows here
test('the discovery document', async () => {
  expect(await discovery(issuer)).toMatchSnapshot();
});

test('the discovery document of the sandbox', async () => {
  expect(await discovery(sandbox.issuer)).toMatchSnapshot();
});

test('the sandbox has registration and RS256 besides, and nothing else', async () => {
  const [plain, open] = [await discovery(issuer), await discovery(sandbox.issuer)];
  expect(open).toEqual({
    ...plain,
    registration_endpoint: 'https://id.example/reg',
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    userinfo_signing_alg_values_supported: ['ES256', 'RS256'],
    token_endpoint_auth_signing_alg_values_supported: ['ES256', 'PS256', 'RS256'],
  });
});

test('the sandbox’s RS256 key is its own, outlives a restart, and is never in a production key set', async () => {
  const keySet = async (at: string) => {
    const { keys } = (await (await fetch(`${at}/jwks`)).json()) as { keys: Record<string, string>[] };
    return keys;
  };
  expect((await keySet(issuer)).map(({ alg }) => alg)).toEqual(['ES256', 'ES256']);
  const shown = await keySet(sandbox.issuer);
  expect(shown.map(({ alg }) => alg)).toEqual(['ES256', 'ES256', 'RS256']);
  expect(Object.keys(shown[2] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  const again = await startProvider({ db: dbUrl, cache: cacheUrl, sandbox: true, keysDir: sandbox.keysDir });
  expect(await keySet(again.issuer)).toEqual(shown);
  // the same folder, outside the sandbox
  const production = await startProvider({ db: dbUrl, cache: cacheUrl, keysDir: sandbox.keysDir });
  expect((await keySet(production.issuer)).map(({ alg }) => alg)).toEqual(['ES256', 'ES256']);
}, 60_000);

test('the key set is public, short-lived in caches, and holds no private part', async () => {
  const answer = await fetch(`${issuer}/jwks`);
  const maxAge = Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1]);
  expect(maxAge).toBeGreaterThan(0);
  expect(maxAge).toBeLessThan(24 * 3_600);
  const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});
