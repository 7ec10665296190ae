import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { identifierKeyOf } from '../../src/accounts/account-identifier.ts';
import { endLock } from '../../src/accounts/end-lock.ts';
import { findAccountByNationalId } from '../../src/accounts/find-account.ts';
import { listAuthenticators } from '../../src/authenticators/list-authenticators.ts';
import { verifyPassword } from '../../src/authenticators/password/verify-password.ts';
import { disablePortal } from '../../src/portals/disable-portal.ts';
import { listPortals } from '../../src/portals/list-portals.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { matchesClientSecret } from '../../src/provider/clients/client-secret.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import { demoPortalCredentials } from '../../src/sandbox/demo-portal-credentials.ts';
import { loadSandbox } from '../../src/sandbox/load-sandbox.ts';
import { TEST_PEOPLE } from '../../src/sandbox/people.ts';
import { authenticatorWorld } from '../authenticators/world.ts';

const keysDir = mkdtempSync(path.join(tmpdir(), 'sandbox-keys-'));
const { deps, db } = await authenticatorWorld();
const options = { keysDir, portalPorts: [4001, 4002, 4003] };
const owners = TEST_PEOPLE.filter(({ account }) => account);
const accountOf = async (nationalId: string) => (await findAccountByNationalId(deps, parseNationalId(nationalId)!))!;
const portal = async (id: string) => (await listPortals(deps)).find(({ portalId }) => portalId === id)!;
const eventCount = async () => (await db.query<{ n: string }>('SELECT count(*) AS n FROM audit_event')).rows[0]?.n;

let links: Awaited<ReturnType<typeof loadSandbox>>;
beforeAll(async () => {
  links = await loadSandbox(deps, options);
});
afterAll(() => rmSync(keysDir, { recursive: true }));

test('every test person of the table has the account it says', async () => {
  for (const { citizen, account } of owners) {
    const facts = await accountOf(citizen.nationalId);
    const { password, totp, passkeys } = await listAuthenticators(deps, facts.subject);
    expect(facts).toMatchObject({
      level: account!.level,
      state: account!.state === 'never_activated' ? 'granted' : 'active',
      grounds: account!.state === 'locked' ? ['self_request'] : [],
    });
    expect({ password, totp: totp !== undefined, passkeys: passkeys.map(({ credentialId }) => credentialId) }).toEqual({
      password: account!.password !== undefined,
      totp: account!.totpSecret !== undefined,
      passkeys: account!.passkey ? [account!.passkey.credentialId] : [],
    });
  }
});

test('their passwords are right', async () => {
  const { citizen, account } = owners[0]!;
  const nationalId = parseNationalId(citizen.nationalId)!;
  const who = {
    key: identifierKeyOf(deps.keyring, nationalId),
    subject: (await accountOf(citizen.nationalId)).subject,
  };
  expect((await verifyPassword(deps, who, new Sealed(account!.password!))).kind).toBe('verified');
});

test('the portals are registered at their ports, with the hash of a secret or a public key', async () => {
  const credentials = demoPortalCredentials(keysDir);
  expect(links.map(({ url }) => url)).toEqual([
    'http://localhost:4001',
    'http://localhost:4002',
    'http://localhost:4003',
  ]);
  const first = await portal('dich-vu-cong');
  expect(first).toMatchObject({ minimumAcr: 'LoA1', metadata: { redirect_uris: ['http://localhost:4001/callback'] } });
  expect(matchesClientSecret(String(first.metadata['client_secret']), new Sealed(credentials['dich-vu-cong']))).toBe(
    true,
  );
  expect(JSON.stringify(await listPortals(deps))).not.toMatch(/"d":/);
  expect(JSON.stringify(await listPortals(deps))).not.toContain(credentials['bao-hiem-y-te']);
  expect(statSync(path.join(keysDir, 'demo-portals.json')).mode & 0o777).toBe(0o600);
});

test('loading again changes nothing, and undoes nothing that was done since', async () => {
  const locked = owners.find(({ account }) => account?.state === 'locked')!;
  await endLock(deps, (await accountOf(locked.citizen.nationalId)).subject, {
    ground: 'self_request',
    way: 'counter',
    actor: 'test',
  });
  await disablePortal(deps, (await portal('dat-dai')).portalId, 'test');
  const before = await eventCount();
  expect(await loadSandbox(deps, options)).toEqual(links);
  expect(await eventCount()).toBe(before);
  expect((await accountOf(locked.citizen.nationalId)).grounds).toEqual([]);
  expect((await portal('dat-dai')).disabled).toBe(true);
});

test('a portal that moved is registered anew', async () => {
  await loadSandbox(deps, { keysDir, portalPorts: [5001, 5002, 5003] });
  expect((await portal('dich-vu-cong')).homeUrl).toBe('http://localhost:5001');
});
