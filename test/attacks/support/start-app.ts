import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { openAccount } from '../../../src/accounts/open-account.ts';
import type { AccountLevel } from '../../../src/assurance/assurance-level.ts';
import { bindTotp } from '../../../src/authenticators/otp/bind-totp.ts';
import { choosePassword } from '../../../src/authenticators/password/choose-password.ts';
import { createHashQueue } from '../../../src/authenticators/password/hash-queue.ts';
import { setPassword } from '../../../src/authenticators/password/set-password.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { initKeys } from '../../../src/provider/keys/init-keys.ts';
import { initKeyring, loadKeyring } from '../../../src/storage/keyring-file.ts';
import { inTransaction, type Database } from '../../../src/storage/postgres.ts';
import { freePort } from '../../provider/support/start-provider.ts';

export interface Citizen {
  readonly national_id: string;
  readonly full_name: string;
  readonly phone: string;
  readonly email: string;
  readonly password: string;
  readonly totp_secret: string;
  readonly level: AccountLevel;
}

export interface RunningApp {
  readonly issuer: string;
  readonly port: number;
  /** Every line written so far. */
  lines(): string[];
  /** Opens an active account with password and app. */
  settle(citizen: Citizen): Promise<void>;
}

export interface AppSurroundings {
  readonly db: Database;
  readonly dbUrl: string;
  readonly cacheUrl: string;
  /** Cannot be reached when absent. */
  readonly registry?: { readonly baseUrl: string; readonly token: string };
}

/** Starts the composed program against these stores; it ends with the test file. */
export async function startApp(stores: AppSurroundings): Promise<RunningApp> {
  const keysDir = mkdtempSync(path.join(tmpdir(), 'eid-keys-'));
  initKeyring(keysDir);
  initKeys({ clock: systemClock }, keysDir);
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'app-process.ts')], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: stores.dbUrl,
      REDIS_URL: stores.cacheUrl,
      EID_ISSUER: issuer,
      EID_PORT: String(port),
      EID_KEYS_DIR: keysDir,
      EID_SANDBOX: 'true',
      EID_REGISTRY_URL: stores.registry?.baseUrl ?? 'http://127.0.0.1:1',
      EID_REGISTRY_TOKEN: stores.registry?.token ?? 'no-registry-behind-it',
      EID_LOG_LEVEL: 'debug',
    },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    void gone.then(() => reject(new Error(`the program did not start: ${written}`)));
  });
  afterAll(async () => {
    child.kill();
    await gone;
    rmSync(keysDir, { recursive: true, force: true });
  });
  return { issuer, port, lines: () => written.split('\n'), settle: (citizen) => settle(stores.db, keysDir, citizen) };
}

async function settle(db: Database, keysDir: string, citizen: Citizen): Promise<void> {
  const deps = {
    db,
    clock: systemClock,
    keyring: loadKeyring(keysDir),
    hashQueue: createHashQueue({ lanes: 1, places: 9 }),
  };
  const chosen = await choosePassword(deps, new Sealed(citizen.password), []);
  if (chosen.kind !== 'chosen') throw new Error(chosen.kind);
  await inTransaction(db, async (sql) => {
    const opened = await openAccount(
      deps,
      sql,
      {
        kind: 'citizen',
        stage: { state: 'active', level: citizen.level },
        personal: {
          nationalId: citizen.national_id,
          fullName: citizen.full_name,
          birthDate: '1990-01-02',
          gender: 'female',
          nationality: 'Việt Nam',
          phone: citizen.phone,
          email: citizen.email,
        },
      },
      systemClock.now(),
    );
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    await setPassword(deps, sql, opened.subject, chosen.chosen);
    await bindTotp(deps, sql, opened.subject, new Sealed(citizen.totp_secret));
  });
}
