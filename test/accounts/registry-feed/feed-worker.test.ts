import { setTimeout as pause } from 'node:timers/promises';
import { startFeedWorker } from '../../../src/accounts/registry-feed/feed-worker.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import type { PopulationRegistry } from '../../../src/registry/population-registry.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { adults, NATION_SIZE } from '../../support/resident.ts';
import { startRegistryProcess } from '../../support/start-registry-process.ts';
import { testKeyring } from '../../support/test-keyring.ts';
import * as world from './feed-world.ts';

const { db } = await freshDatabase();
const registry = await startRegistryProcess({ REGISTRY_PEOPLE: String(NATION_SIZE) });
afterAll(() => registry.stop());
const keyring = testKeyring();
const people = adults();
const silent = { error: () => undefined, info: () => undefined, warn: () => undefined };

/** An instance, and how often it asked. */
function instance() {
  const asked = { times: 0 };
  const connector = world.connectorTo(registry);
  const counting: Pick<PopulationRegistry, 'changesAfter'> = {
    changesAfter: (...place) => ((asked.times += 1), connector.changesAfter(...place)),
  };
  const worker = startFeedWorker({ db, keyring, clock: systemClock, registry: counting, log: silent });
  return { asked, stop: () => worker.stop() };
}
async function until(condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await condition()); await pause(50))
    if (Date.now() > end) throw new Error('late');
}

test('of two instances one asks, and the other takes over when it stops or loses its connection', async () => {
  const first = instance();
  await until(() => first.asked.times > 0);
  const second = instance();
  await pause(2_500);
  expect(second.asked.times).toBe(0);

  await first.stop();
  const rest = first.asked.times;
  await until(() => second.asked.times > 0);

  const citizen = people.next().value!;
  const subject = await world.openFor({ db, keyring }, citizen);
  await world.happen(registry, { kind: 'death', national_id: citizen.nationalId });
  await until(async () => (await world.stateOf({ db, keyring }, subject)).grounds.includes('death'));
  expect(first.asked.times).toBe(rest);

  await db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  const lost = second.asked.times;
  await until(() => second.asked.times > lost + 1);
  await second.stop();
}, 60_000);
