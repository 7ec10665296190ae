import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { followFeed } from '../../../src/accounts/registry-feed/follow-feed.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { initKeyring, loadKeyring } from '../../../src/storage/keyring-file.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { adults, NATION_SIZE } from '../../support/resident.ts';
import { startRegistryProcess } from '../../support/start-registry-process.ts';
import * as world from './feed-world.ts';

const { db, url } = await freshDatabase();
const keysDir = mkdtempSync(path.join(tmpdir(), 'eid-keys-'));
initKeyring(keysDir);
const registry = await startRegistryProcess({ REGISTRY_PEOPLE: String(NATION_SIZE) });
afterAll(async () => {
  await registry.stop();
  rmSync(keysDir, { recursive: true });
});
const deps = { db, keyring: loadKeyring(keysDir), clock: systemClock, registry: world.connectorTo(registry) };
const people = adults();
const PROGRAM = path.join(import.meta.dirname, 'support/mortal-process.ts');

/** One life of a consumer that dies at its `diesAt`-th statement; whether it lived to the end of the feed. */
async function live(diesAt: number): Promise<boolean> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      PATH: process.env['PATH'],
      DB: url,
      KEYS_DIR: keysDir,
      REGISTRY_URL: registry.baseUrl,
      REGISTRY_TOKEN: registry.token,
      DIES_AT: String(diesAt),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the consumer ended with ${code ?? signal}`);
  return code === 0;
}
const place = async () =>
  (await db.query<{ cursor: string | null }>('SELECT cursor FROM registry_feed')).rows[0]?.cursor;

/** Everything that the feed wrote, to see that it was all or nothing. */
async function written(subject: SubjectId) {
  const state = await world.stateOf(deps, subject);
  const audit = await world.registryEvents(db, subject);
  const jobs = (await world.waitingJobs(db)).filter((job) => job.includes(subject));
  return { state, audit, jobs };
}

test.each([
  ['death', 1, ['account.locked']],
  ['number_reestablished', 0, ['account.number_reestablished']],
  ['name_corrected', 0, ['account.record_corrected']],
  ['guardian_changed', 0, ['account.guardian_changed']],
] as const)(
  'killed at every step of %s: all of it or nothing, and at last once',
  async (kind, jobs, events) => {
    const [citizen, guardian] = [people.next().value!, people.next().value!];
    const subject = await world.openFor(deps, citizen);
    await world.openFor(deps, guardian);
    await followFeed(deps);
    const { nationalId: national_id } = citizen;
    const happening = {
      death: { kind: 'death', national_id },
      number_reestablished: { kind: 'number_reestablished', national_id },
      name_corrected: { kind: 'name_corrected', national_id, full_name: 'Hồ Thị Tên Khác' },
      guardian_changed: { kind: 'guardian_changed', national_id, guardian: guardian.nationalId },
    } as const;
    await world.happen(registry, happening[kind]);
    const [before, start] = [await written(subject), await place()];
    let deaths = 0;
    for (let diesAt = 1; !(await live(diesAt)); diesAt += 1) {
      deaths += 1;
      // a COMMIT that was sent may still be on its way to its end
      await db.query('SELECT cursor FROM registry_feed FOR UPDATE');
      const now = await written(subject);
      if ((await place()) === start) expect(now).toEqual(before);
      else expect(now.audit).toEqual(events);
    }
    expect(deaths).toBeGreaterThan(6);
    const end = await written(subject);
    expect(end.audit).toEqual(events);
    expect(end.jobs).toHaveLength(jobs);
    expect(end.state).not.toEqual(before.state);
  },
  120_000,
);
