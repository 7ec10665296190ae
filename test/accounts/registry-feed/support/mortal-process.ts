/** Follows the feed to its end, or until it has sent so many statements: then it dies in the middle of them. */
import { Client } from 'pg';
import { followFeed } from '../../../../src/accounts/registry-feed/follow-feed.ts';
import { systemClock } from '../../../../src/kernel/clock.ts';
import { Sealed } from '../../../../src/kernel/sealed.ts';
import { httpPopulationRegistry } from '../../../../src/registry/http-population-registry.ts';
import { loadKeyring } from '../../../../src/storage/keyring-file.ts';
import { openDatabase } from '../../../../src/storage/postgres.ts';

const { DB = '', KEYS_DIR = '', REGISTRY_URL = '', REGISTRY_TOKEN = '', DIES_AT = '0' } = process.env;
let sent = 0;
const driver = Client.prototype as unknown as { query(...args: unknown[]): unknown };
const send = Object.getOwnPropertyDescriptor(driver, 'query')?.value as typeof driver.query;
driver.query = function mortal(this: Client, ...args: unknown[]) {
  const answer = send.apply(this, args);
  sent += 1;
  if (sent === Number(DIES_AT)) process.kill(process.pid, 'SIGKILL');
  return answer;
};

const registry = httpPopulationRegistry(
  { log: { warn: () => undefined } },
  { baseUrl: REGISTRY_URL, token: new Sealed(REGISTRY_TOKEN), timeoutMs: 10_000 },
);
const deps = { db: openDatabase(DB, { max: 1 }), keyring: loadKeyring(KEYS_DIR), clock: systemClock, registry };
const outcome = await followFeed(deps);
process.exit(outcome.kind === 'caught_up' ? 0 : 1);
