import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Person } from '../../registry/population-registry.ts';
import type { Sql } from '../../storage/postgres.ts';
import { sealPersonal } from '../account-facts.ts';
import { numberHash, numberHashes } from '../account-identifier.ts';
import {
  selectFacts,
  selectFactsByNumber,
  updateNumber,
  updateNumbersEnded,
  updatePersonal,
} from '../account.store.ts';
import { changeAccountIn, type ChangeAccountDeps } from '../change-account.ts';
import { takenFrom } from './correct-record.ts';
import { numberCancelled, numberReestablished, REGISTRY_ACTOR } from './events.ts';

/**
 * Puts the number of `person` in force in place of the cancelled one, which is kept as history. The subject stays, and so
 * does every `sub`, consent and authenticator. Where the new number has an account of its own already, the old account ends
 * instead (Decision 34/2021). Inside the caller's transaction, the account's row held.
 */
export async function reestablishNumber(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  subject: SubjectId,
  person: Person,
): Promise<void> {
  const { keyring, clock } = deps;
  const at = clock.now();
  const number = person.nationalId.reveal();
  const facts = await selectFacts(sql, keyring, subject);
  const personal = facts?.personal.reveal();
  if (!personal || personal.nationalId === number) return;
  const other = await selectFactsByNumber(sql, keyring, numberHashes(keyring, number));
  if (other) {
    await updateNumbersEnded(sql, subject, at);
    await changeAccountIn(sql, deps, subject, { change: 'end', actor: REGISTRY_ACTOR, shown: [] });
    await record(sql, numberCancelled(subject, other.subject), at);
    return;
  }
  await updateNumber(sql, subject, numberHash(keyring, number), at);
  const formerNationalIds = [...(personal.formerNationalIds ?? []), personal.nationalId];
  const renewed = { ...takenFrom(person, personal), nationalId: number, formerNationalIds };
  await updatePersonal(sql, subject, sealPersonal(keyring, subject, renewed));
  await record(sql, numberReestablished(subject), at);
}
