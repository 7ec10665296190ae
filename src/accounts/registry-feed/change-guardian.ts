import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Person } from '../../registry/population-registry.ts';
import { enqueueJob } from '../../storage/jobs/enqueue-job.ts';
import type { Sql } from '../../storage/postgres.ts';
import { endSessionsJob } from '../account-jobs.ts';
import { numberHashes } from '../account-identifier.ts';
import { selectFacts, selectFactsByNumberEver } from '../account.store.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { selectGuardian, updateGuardian, updateReleased, updateWard } from '../guardian.store.ts';
import { isWard } from '../guardianship.policy.ts';
import { guardianChanged } from './events.ts';

/**
 * Puts the guardian on record in charge of the account; one without an account of their own cannot be, and then nobody is
 * until they have one and take charge. The sessions that the one before confirmed end. Caller's transaction, the row held.
 */
export async function changeGuardian(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  subject: SubjectId,
  person: Person,
): Promise<void> {
  const { keyring } = deps;
  const [facts, before] = [await selectFacts(sql, keyring, subject), await selectGuardian(sql, subject)];
  // Ever: the guardian's own number may have been re-established before this was told.
  const hashes = person.guardian && numberHashes(keyring, person.guardian.reveal());
  const guardian = hashes && (await selectFactsByNumberEver(sql, keyring, hashes));
  if (!facts || guardian?.subject === subject) return;
  // Of age, or able again: the account is its holder's own. A guardian without an account is none of that: nobody confirms.
  await updateReleased(sql, subject, person.guardian === undefined);
  const at = deps.clock.now();
  const ward = isWard(person, at);
  if (guardian?.subject === before) return updateWard(sql, subject, ward);
  await updateGuardian(sql, subject, guardian && { guardian: guardian.subject, ward }, at);
  // What the one before confirmed ends with them.
  if (before !== undefined) await enqueueJob(sql, endSessionsJob(subject));
  await record(sql, guardianChanged(subject, guardian?.subject), at);
}
