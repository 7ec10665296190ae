import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/http/log.ts';
import { loadAssets } from '../../src/http/assets.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { initKeys } from '../../src/provider/keys/init-keys.ts';
import { initKeyring } from '../../src/storage/keyring-file.ts';
import { listen } from '../support/edge-server.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';

// Before the stores' own: the program lets go of its connections first.
afterAll(async () => {
  await program.stop();
  server.close();
  rmSync(folder, { recursive: true });
});

const { db, url: databaseUrl } = await freshDatabase();
const { cache, url: redisUrl } = await freshCache();
const folder = mkdtempSync(path.join(tmpdir(), 'outside-'));
const deliveryFile = path.join(folder, 'delivery.json');
const server = createServer();
let origin: string;
let program: Awaited<ReturnType<typeof compose>>;

beforeAll(async () => {
  initKeyring(folder);
  initKeys({ clock: systemClock }, folder);
  const gateway = {
    kind: 'http',
    name: 'sms',
    url: 'http://127.0.0.1:9/',
    body: { json: { to: '{to}', text: '{text}' } },
  };
  writeFileSync(deliveryFile, JSON.stringify({ sms: [gateway] }));
  origin = `http://localhost:${await listen(server)}`;
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    EID_ISSUER: origin,
    EID_KEYS_DIR: folder,
    EID_REGISTRY_URL: 'http://127.0.0.1:9',
    EID_REGISTRY_TOKEN: 'a-token-only-for-this-test',
    EID_DELIVERY_FILE: deliveryFile,
  });
  program = await compose(config, { db, cache, log: createLog({ level: 'silent' }), clock: systemClock });
  const serve = program.app.callback();
  server.on('request', (request, response) => void serve(request, response));
});
const script = loadAssets([path.join(import.meta.dirname, '../../src/sandbox/assets')]).url('sandbox-passkey.js');

test.each([
  '/sandbox',
  '/sandbox/people.json',
  '/sandbox/passkeys.json',
  '/sandbox/outbox',
  '/sandbox/outbox.json',
  script,
  '/reg',
])('%s is not there', async (address) => {
  expect((await fetch(`${origin}${address}`)).status).toBe(404);
});

test('nobody may register a portal, and no page knows the test passkey', async () => {
  const body = JSON.stringify({ redirect_uris: ['http://localhost:9/'] });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${origin}/reg`, { method: 'POST', headers, body })).status).toBe(404);
  const html = await (await fetch(`${origin}/register`)).text();
  expect(html).toContain('<main');
  expect(html).not.toContain('sandbox');
});

test('no test person has an account, and no demo portal is registered', async () => {
  const { rows } = await db.query(
    'SELECT (SELECT count(*) FROM account)::int AS people, (SELECT count(*) FROM portal)::int AS portals',
  );
  expect(rows).toEqual([{ people: 0, portals: 0 }]);
});
