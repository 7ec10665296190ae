import type { SubjectId } from '../../kernel/ids.ts';
import type { PersonChange, RegistryChange } from '../../registry/population-registry.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import { numberHashes } from '../account-identifier.ts';
import { lockRow, selectFactsByNumber, selectOpenLocks } from '../account.store.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import { applyEffects } from './apply-effects.ts';
import { applyOrganisationChange } from '../organisations/apply-organisation-change.ts';
import { REGISTRY_ACTOR } from './events.ts';
import { updatePosition, upsertCheck } from './feed.store.ts';
import { effectsOfChange, factsOfRecord, nextCheckOn } from './record-effects.policy.ts';

/** `known`: it had its effect before. `nobody`: the person or organisation has no account. `moved`: another instance went on from `from`. */
export type ApplyOutcome = 'applied' | 'known' | 'nobody' | 'moved';

/**
 * Gives one change of the feed its effect, exactly once however often it is told: place, effects and audit stand or fall
 * together. `from` is the place in the feed that the change was asked for, or that the one before it left.
 */
export async function applyChange(
  deps: ChangeAccountDeps,
  from: string | undefined,
  change: RegistryChange,
): Promise<ApplyOutcome> {
  const at = deps.clock.now();
  return inTransaction(deps.db, async (sql) => {
    const step = { from, to: change.cursor, occurredAt: notAfter(at, new Date(change.occurredAt)), at };
    const place = await updatePosition(sql, step);
    if (place !== 'new') return place;
    if ('organisation' in change) return applyOrganisationChange(sql, deps, change);
    const subject = await findSubject(sql, deps, change);
    if (subject === undefined) return 'nobody';
    await lockRow(sql, subject);
    await applyEffects(sql, deps, subject, change.person, effectsOfChange(change.kind));
    await planCheck(sql, subject, change, dayInHanoi(at));
    return 'applied';
  });
}

/** By the number the change speaks of, or the one that the record has by now. */
async function findSubject(
  sql: Sql,
  { keyring }: ChangeAccountDeps,
  { nationalId, person }: PersonChange,
): Promise<SubjectId | undefined> {
  const hashesOf = (number: string) => numberHashes(keyring, number);
  const told = await selectFactsByNumber(sql, keyring, hashesOf(nationalId.reveal()));
  if (told) return told.subject;
  if (person.nationalId.reveal() === nationalId.reveal()) return undefined;
  return (await selectFactsByNumber(sql, keyring, hashesOf(person.nationalId.reveal())))?.subject;
}

async function planCheck(sql: Sql, subject: SubjectId, { person }: PersonChange, today: string): Promise<void> {
  const locks = await selectOpenLocks(sql, subject);
  const own = locks.filter(({ placedBy }) => placedBy === REGISTRY_ACTOR).map(({ ground }) => ground);
  await upsertCheck(sql, subject, nextCheckOn(factsOfRecord(person), own, today));
}

// A registry whose clock is ahead must not make the accounts look up to date.
const notAfter = (limit: Date, moment: Date): Date => (moment < limit ? moment : limit);
