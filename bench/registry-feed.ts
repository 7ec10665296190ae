/**
 * How fast the registry's change feed is taken in: changes a second, and against the same database writing one audit event a
 * transaction. Brings a PostgreSQL of its own; the feed is handed over in memory, so the network to the registry is not in it.
 * `node bench/registry-feed.ts [changes]`. Ratios of one run are comparable; changes a second on two machines are not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FEED_BATCH, followFeed } from '../src/accounts/registry-feed/follow-feed.ts';
import { record } from '../src/audit/record.ts';
import { systemClock } from '../src/kernel/clock.ts';
import type { Person, PersonChange, RegistryChange } from '../src/registry/population-registry.ts';
import { startEmbeddedPostgres } from '../src/storage/embedded/embedded-postgres.ts';
import { migrate } from '../src/storage/migrate.ts';
import { inTransaction, openDatabase } from '../src/storage/postgres.ts';
import { number, openFor } from '../test/accounts/registry-feed/feed-world.ts';
import { adults } from '../test/support/resident.ts';
import { testKeyring } from '../test/support/test-keyring.ts';

const CHANGES = Number(process.argv[2] ?? 2_000);
const HOLDERS = 200;
const folder = mkdtempSync(path.join(tmpdir(), 'eid-bench-'));
const postgres = await startEmbeddedPostgres({ folder, durable: true });
await migrate(postgres.url);
const db = openDatabase(postgres.url);
const deps = { db, keyring: testKeyring(), clock: systemClock };

const people = [...adults()].slice(0, HOLDERS + 1);
const stranger = people.pop()!;
for (const person of people) await openFor(deps, person);

const personOf = ({ nationalId, fullName, birthDate, gender, nationality }: (typeof people)[number]): Person => ({
  fullName,
  birthDate,
  gender,
  nationality,
  nationalId: number(nationalId),
  card: { status: 'valid', issuedOn: '2024-01-01', expiresOn: '2040-01-01' },
});
let cursor = 0;
const change = (person: Person, kind: PersonChange['kind']): RegistryChange => ({
  cursor: String((cursor += 1)).padStart(12, '0'),
  occurredAt: new Date().toISOString(),
  kind,
  nationalId: person.nationalId,
  person,
});
const taken = (person: Person): Person => ({ ...person, card: { ...person.card, status: 'withdrawn' } });

/** Takes `feed` in as the worker does, batch after batch; changes a second. */
async function perSecond(feed: readonly RegistryChange[]): Promise<number> {
  const registry = {
    changesAfter: async (after: string | undefined) => ({
      kind: 'found' as const,
      value: feed.filter((one) => after === undefined || one.cursor > after).slice(0, FEED_BATCH),
    }),
  };
  const start = performance.now();
  while ((await followFeed({ ...deps, registry })).kind === 'more');
  return feed.length / ((performance.now() - start) / 1000);
}

const times = <T>(make: (i: number) => T): T[] => Array.from({ length: CHANGES }, (_, i) => make(i));
const holder = (i: number): Person => personOf(people[i % people.length]!);
const begun = performance.now();
for (let i = 0; i < CHANGES; i += 1) {
  await inTransaction(db, (sql) => record(sql, { kind: 'bench.written', actor: 'bench' }, systemClock.now()));
}
const writes = CHANGES / ((performance.now() - begun) / 1000);
const rows: [string, number][] = [
  ['one audit event a transaction', writes],
  [
    'a change about somebody without an account',
    await perSecond(times(() => change(personOf(stranger), 'residence_changed'))),
  ],
  [
    'a change that corrects a record',
    await perSecond(times((i) => change({ ...holder(i), fullName: `Nguyễn Văn ${i}` }, 'name_corrected'))),
  ],
  [
    'a card withdrawn, then issued: locks, opens, queues its jobs',
    await perSecond(
      times((i) =>
        i % 2 === 0 ? change(taken(holder(i >> 1)), 'card_withdrawn') : change(holder(i >> 1), 'card_issued'),
      ),
    ),
  ],
];
for (const [work, rate] of rows)
  process.stdout.write(`${work}: ${rate.toFixed(0)} a second, ${(rate / writes).toFixed(2)}\n`);
await db.end();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
