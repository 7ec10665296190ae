import type { SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import type { Evidence } from './evidence.ts';
import { selectCounterEvidence } from './evidence.store.ts';

/** What the account rests on, oldest first; of one case alone when it is named. One statement. */
export const listEvidence = (
  deps: { readonly db: Sql; readonly keyring: Pick<Keyring, 'sealing'> },
  subject: SubjectId,
  caseId?: string,
): Promise<Evidence[]> => selectCounterEvidence(deps.db, deps.keyring, subject, caseId);
