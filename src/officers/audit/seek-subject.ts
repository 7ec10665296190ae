import { findAccountByNationalId, type FindAccountDeps } from '../../accounts/find-account.ts';
import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { parseNationalId } from '../../registry/national-id.ts';
import type { Officer } from '../officer.ts';
import { subjectSought } from './events.ts';

export type SeekOutcome =
  { readonly kind: 'found'; readonly subject: SubjectId } | { readonly kind: 'malformed' | 'no_account' };

/** Whose account this number is, for its events: the random id alone comes back. Recorded, without the number. */
export async function seekSubject(
  deps: FindAccountDeps & { readonly clock: Clock },
  officer: Officer,
  typed: string,
): Promise<SeekOutcome> {
  const number = parseNationalId(typed);
  if (!number) return { kind: 'malformed' };
  const found = await findAccountByNationalId(deps, number);
  await record(deps.db, subjectSought(officer, found !== undefined), deps.clock.now());
  return found ? { kind: 'found', subject: found.subject } : { kind: 'no_account' };
}
