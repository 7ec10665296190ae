import { isDeepStrictEqual } from 'node:util';
import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Person } from '../../registry/population-registry.ts';
import type { Sql } from '../../storage/postgres.ts';
import { sealPersonal } from '../account-facts.ts';
import { selectFacts, updatePersonal } from '../account.store.ts';
import type { Personal } from '../account.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { registryPartOf } from '../person-record.ts';
import { recordCorrected } from './events.ts';

const FIELDS = ['fullName', 'birthDate', 'gender', 'nationality', 'address', 'stay'] as const;

/** The personal data with what the registry answers for taken from its record; phone and mail are the holder's own. */
export function takenFrom(person: Person, personal: Personal): Personal {
  const { address: _, stay: __, nationalId, ...own } = personal;
  return { ...own, ...registryPartOf(person), nationalId };
}

/** Brings the sealed data to what the record says. Inside the caller's transaction, the account's row held. */
export async function correctRecord(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  subject: SubjectId,
  person: Person,
): Promise<void> {
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts) return;
  const before = facts.personal.reveal();
  const after = takenFrom(person, before);
  const fields = FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]));
  if (fields.length === 0) return;
  await updatePersonal(sql, subject, sealPersonal(deps.keyring, subject, after));
  await record(sql, recordCorrected(subject, fields), deps.clock.now());
}
