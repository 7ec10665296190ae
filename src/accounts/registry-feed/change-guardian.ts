import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Person } from '../../registry/population-registry.ts';
import type { Sql } from '../../storage/postgres.ts';
import { numberHashes } from '../account-identifier.ts';
import { sealPersonal } from '../account-facts.ts';
import { selectFacts, selectFactsByNumberEver, updatePersonal } from '../account.store.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { selectGuardian, updateGuardian, updateReleased } from '../guardian.store.ts';
import { guardianChanged } from './events.ts';

/**
 * Puts the guardian on record in charge of the account; one without an account of their own cannot be, and then nobody is.
 * Codes of the dependant go to the new guardian's phone (Decree 69/2024 art. 10). Caller's transaction, the row held.
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
  if (guardian?.subject === before) return;
  const at = deps.clock.now();
  await updateGuardian(sql, subject, guardian?.subject, at);
  if (before !== undefined) {
    const { phone: _, ...own } = facts.personal.reveal();
    const phone = guardian?.personal.reveal().phone;
    await updatePersonal(
      sql,
      subject,
      sealPersonal(keyring, subject, { ...own, ...(phone !== undefined && { phone }) }),
    );
  }
  await record(sql, guardianChanged(subject, guardian?.subject), at);
}
