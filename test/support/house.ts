import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { findAccountByNationalId } from '../../src/accounts/find-account.ts';
import type { Acr } from '../../src/assurance/assurance-level.ts';
import { createHashQueue } from '../../src/authenticators/password/hash-queue.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { initKeys } from '../../src/provider/keys/init-keys.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import { demoPortalCredentials } from '../../src/sandbox/demo-portal-credentials.ts';
import type { Portal as RegisteredPortal } from '../../src/portals/portal.ts';
import { DEMO_PORTALS } from '../../src/sandbox/demo-portals/registration.ts';
import { openTestAccount, type TestAccountDeps } from '../../src/sandbox/open-test-account.ts';
import { TEST_PEOPLE } from '../../src/sandbox/people.ts';
import type { TestPerson } from '../../src/sandbox/test-person.ts';
import { initKeyring, loadKeyring } from '../../src/storage/keyring-file.ts';
import type { Cache } from '../../src/storage/redis.ts';
import { addPortal } from '../provider/support/relying-party.ts';
import { freePort } from '../provider/support/start-provider.ts';
import { Citizen } from './citizen.ts';
import { freshCache } from './fresh-cache.ts';
import { freshDatabase } from './fresh-database.ts';
import { secretsOf, type LeakNetOptions, type Secret } from './leak-net.ts';
import { Portal, signingKey } from './portal.ts';
import { accountOf, adults, codesOf, NATION_SIZE, type Resident, type ResidentOptions } from './resident.ts';
import { startServe, threeFreePorts } from './start-serve.ts';
import { type RegistryProcess, startRegistryProcess } from './start-registry-process.ts';
import { stretchWire, type Wire } from './wire.ts';

/** The whole product, started as an operator starts it, for one test file. */
export interface House {
  readonly issuer: string;
  readonly port: number;
  readonly deps: TestAccountDeps;
  readonly cache: Cache;
  readonly registry: RegistryProcess;
  /** The wires between the provider and its stores. */
  readonly postgres: Wire;
  readonly redis: Wire;
  /** The three demo portals in the order of their ports: LoA1, LoA2, LoA3. */
  readonly portals: readonly [Portal, Portal, Portal];
  readonly urls: string[];
  /** Every line logged so far. */
  lines(): string[];
  /** One more portal, registered by its use-case. */
  addPortal(
    id: string,
    options?: { minimumAcr?: Acr; scope?: string; logoutUri?: string; claims?: RegisteredPortal['claims'] },
  ): Promise<Portal>;
  /** A person of the nation whom nobody has used yet, without an account. */
  newcomer(): TestPerson['citizen'] & { phone: string };
  /** A person of the nation with an account of its own. */
  resident(options?: ResidentOptions): Promise<Resident>;
  /** One of the ready-made people of the sandbox. */
  testPerson(nationalId: string): TestPerson;
  citizen(): Citizen;
  /** The messages sent to this phone, newest first. */
  outbox(phone: string): Promise<readonly { readonly text: string }[]>;
  smsCode(phone: string): Promise<string>;
  keepCode(code: string): void;
  /** Where the leak net looks, and for what: everything of everybody used so far. */
  readonly leakNet: LeakNetOptions;
}

/** Starts everything: fresh stores, keys, the registry and the provider, each a process of its own, until the last test. */
export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const { db, url: databaseUrl } = await freshDatabase();
  const { cache, url: cacheUrl } = await freshCache();
  const [postgres, redis] = [await stretchWire(databaseUrl), await stretchWire(cacheUrl)];
  const keysDir = mkdtempSync(path.join(tmpdir(), 'eid-keys-'));
  initKeyring(keysDir);
  initKeys({ clock: systemClock }, keysDir);
  const [registry, port, portalPort] = await Promise.all([
    startRegistryProcess({ REGISTRY_PEOPLE: String(NATION_SIZE) }),
    freePort(),
    threeFreePorts(),
  ]);
  const issuer = `http://localhost:${port}`;
  const provider = await startServe({
    PATH: process.env['PATH'],
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    EID_ISSUER: issuer,
    EID_PORT: String(port),
    EID_KEYS_DIR: keysDir,
    EID_SANDBOX: 'true',
    EID_SANDBOX_PORTAL_PORT: String(portalPort),
    EID_REGISTRY_URL: registry.baseUrl,
    EID_REGISTRY_TOKEN: registry.token,
    EID_LOG_LEVEL: 'debug',
    ...env,
  });
  afterAll(async () => {
    await provider.stop();
    await registry.stop();
    rmSync(keysDir, { recursive: true, force: true });
  });

  const hashQueue = createHashQueue({ lanes: 2, places: 100 });
  const deps = { db, keyring: loadKeyring(keysDir), clock: systemClock, hashQueue };
  const urls: string[] = [];
  const secrets: Secret[] = [];
  const unused = adults();
  let residents = 0;
  const newcomer = () => {
    const { value, done } = unused.next();
    if (done) throw new Error('nobody is left in the nation');
    return value;
  };

  const house: House = {
    issuer,
    port,
    deps,
    cache,
    registry,
    postgres,
    redis,
    portals: demoPortals(issuer, keysDir, portalPort),
    urls,
    lines: () => provider.lines(),
    async addPortal(id, { minimumAcr = 'LoA2', scope = 'openid profile', logoutUri, claims } = {}) {
      const metadata =
        logoutUri === undefined ? {} : { backchannel_logout_uri: logoutUri, backchannel_logout_session_required: true };
      const { redirectUri, secret } = await addPortal(db, { id, minimumAcr, metadata, ...(claims && { claims }) });
      const auth = { method: 'client_secret_basic', secret } as const;
      return new Portal(issuer, {
        id,
        redirectUri,
        scope,
        auth,
        pushes: false,
        signedOutUrl: new URL('/bye', redirectUri).href,
      });
    },
    newcomer() {
      const citizen = newcomer();
      secrets.push(...secretsOfPerson({ citizen, note: { vi: '', en: '' } }));
      return citizen;
    },
    async resident(options = {}) {
      residents += 1;
      const citizen = newcomer();
      const account = accountOf(options, residents);
      const person = { citizen, account, note: { vi: '', en: '' } };
      secrets.push(...secretsOfPerson(person));
      await openTestAccount(deps, person);
      const nationalId = parseNationalId(citizen.nationalId);
      const found = nationalId && (await findAccountByNationalId(deps, nationalId));
      if (!found) throw new Error('a resident without an account');
      return {
        person,
        subject: found.subject,
        nationalId: citizen.nationalId,
        fullName: citizen.fullName,
        phone: citizen.phone,
        password: account.password,
        passkey: account.passkey,
        appCode: account.totpSecret ? codesOf(account.totpSecret) : noApp,
      };
    },
    testPerson(nationalId) {
      const person = TEST_PEOPLE.find(({ citizen }) => citizen.nationalId === nationalId);
      if (!person) throw new Error('no such test person');
      secrets.push(...secretsOfPerson(person));
      return person;
    },
    citizen: () => new Citizen(house),
    async outbox(phone) {
      const answer = await fetch(`${issuer}/sandbox/outbox.json?to=${encodeURIComponent(phone)}`);
      return (await answer.json()) as { text: string }[];
    },
    async smsCode(phone) {
      const [newest] = await house.outbox(phone);
      const code = /\b\d{6}\b/.exec(newest?.text ?? '')?.[0];
      if (code === undefined) throw new Error('no code was sent');
      house.keepCode(code);
      return code;
    },
    keepCode: (value) => void secrets.push({ kind: 'code', value }),
    leakNet: {
      db,
      cache,
      urls,
      secrets: () => secrets,
      get logs() {
        return provider.lines();
      },
    },
  };
  return house;
}

const secretsOfPerson = ({ citizen, account }: TestPerson): Secret[] => [
  ...secretsOf({
    national_id: citizen.nationalId,
    full_name: citizen.fullName,
    phone: citizen.phone,
    email: account?.email,
    password: account?.password,
    totp_secret: account?.totpSecret,
  }),
  ...(citizen.stay ? [{ kind: 'national_id', value: citizen.stay.passport.number } as const] : []),
];

function noApp(): never {
  throw new Error('this resident has no app');
}

function demoPortals(issuer: string, keysDir: string, firstPort: number): [Portal, Portal, Portal] {
  const credentials = demoPortalCredentials(keysDir);
  const portals = DEMO_PORTALS.map(({ id, auth, pushes, scope }, index) => {
    const origin = `http://localhost:${firstPort + index}`;
    const credential = credentials[id];
    return new Portal(issuer, {
      id,
      scope,
      pushes,
      signedOutUrl: `${origin}/signed-out`,
      redirectUri: `${origin}/callback`,
      auth:
        auth === 'private_key_jwt' ? { method: auth, ...signingKey(credential) } : { method: auth, secret: credential },
    });
  });
  return portals as [Portal, Portal, Portal];
}
