import type { SubjectId } from '../../kernel/ids.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import { parseNationalId } from '../../registry/national-id.ts';
import type { Person, PopulationRegistry } from '../../registry/population-registry.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { lockRow, selectFacts, selectOpenLocks } from '../account.store.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { applyEffects } from './apply-effects.ts';
import { REGISTRY_ACTOR } from './events.ts';
import { selectDueChecks, upsertCheck } from './feed.store.ts';
import { effectsOfRecord, factsOfRecord, nextCheckOn } from './record-effects.policy.ts';

export interface CheckRecordsDeps extends ChangeAccountDeps {
  readonly registry: Pick<PopulationRegistry, 'findPerson'>;
}

const BATCH = 200;

/**
 * Compares each account that is due with its record: new ones, those whose card has run out by now, and those that the
 * registry locked. How many were compared. Throws when the registry does not answer: what is left is due at the next try.
 */
export async function checkRecords(deps: CheckRecordsDeps): Promise<number> {
  const today = dayInHanoi(deps.clock.now());
  let after: SubjectId | undefined;
  for (let count = 0; ;) {
    const due = await selectDueChecks(deps.db, today, after, BATCH);
    for (const subject of due) await checkRecord(deps, subject, today);
    count += due.length;
    if (due.length < BATCH) return count;
    after = due.at(-1);
  }
}

async function checkRecord(deps: CheckRecordsDeps, subject: SubjectId, today: string): Promise<void> {
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  const nationalId = facts && parseNationalId(facts.personal.reveal().nationalId);
  if (!nationalId) return;
  const answer = await deps.registry.findPerson(nationalId);
  if (answer.kind === 'unavailable') throw new Error('the population registry does not answer');
  // A number without a record was cancelled: the feed says which one follows.
  if (answer.kind === 'found') await applyRecord(deps, subject, answer.value, today);
}

const applyRecord = (deps: CheckRecordsDeps, subject: SubjectId, person: Person, today: string): Promise<void> =>
  inTransaction(deps.db, async (sql) => {
    await lockRow(sql, subject);
    const facts = await selectFacts(sql, deps.keyring, subject);
    // The number changed since the record was asked for: the answer is about a record that is no more.
    if (facts?.personal.reveal().nationalId !== person.nationalId.reveal()) return;
    const ownGrounds = async () =>
      (await selectOpenLocks(sql, subject))
        .filter(({ placedBy }) => placedBy === REGISTRY_ACTOR)
        .map(({ ground }) => ground);
    const record = factsOfRecord(person);
    await applyEffects(sql, deps, subject, person, effectsOfRecord(record, await ownGrounds(), today));
    await upsertCheck(sql, subject, nextCheckOn(record, await ownGrounds(), today));
  });
