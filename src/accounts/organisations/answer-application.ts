import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { KeyedHash } from '../../storage/keyed-hash.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import { numberHashes } from '../account-identifier.ts';
import type { AccountFacts } from '../account.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { selectConsents, updateConsent } from './application-consent.store.ts';
import { selectApplication, updateSubmitted, updateWithdrawn } from './application.store.ts';
import type { ApplicationId, OrganisationApplication } from './application.ts';
import { applicationAnswered, applicationSubmitted } from './events.ts';

export type AnswerOutcome =
  | { readonly kind: 'answered'; readonly decision: 'agreed' | 'declined' }
  /** Not asked, answered before, or nothing waits for an answer any more. */
  | { readonly kind: 'not_asked' }
  | { readonly kind: 'level_too_low' };

/** A legal representative consents to the application of another, or ends it. Each says it once, from an account of level 02. */
export async function answerApplication(
  deps: ChangeAccountDeps,
  representative: AccountFacts,
  applicationId: ApplicationId,
  decision: 'agreed' | 'declined',
): Promise<AnswerOutcome> {
  if (representative.level !== '02') return { kind: 'level_too_low' };
  const { subject, personal } = representative;
  const hashes = numberHashes(deps.keyring, personal.reveal().nationalId);
  return inTransaction(deps.db, async (sql) => {
    const at = deps.clock.now();
    const one = await selectApplication(sql, deps.keyring, applicationId, { lock: true });
    if (one?.state !== 'awaiting_consent') return { kind: 'not_asked' };
    if (decision === 'agreed') {
      const isTaken = await agreeIn(sql, one, subject, hashes, at);
      return isTaken ? { kind: 'answered', decision } : { kind: 'not_asked' };
    }
    if (!(await updateConsent(sql, applicationId, hashes, { decision, by: subject, at }))) return { kind: 'not_asked' };
    await updateWithdrawn(sql, applicationId);
    await record(sql, applicationAnswered(subject, applicationId, decision), at);
    return { kind: 'answered', decision };
  });
}

/** Takes a consent; with the last one the application goes to the officers. Caller's transaction. False: not asked. */
export async function agreeIn(
  sql: Sql,
  { applicationId }: OrganisationApplication,
  by: SubjectId,
  hashes: readonly KeyedHash[],
  at: Date,
): Promise<boolean> {
  if (!(await updateConsent(sql, applicationId, hashes, { decision: 'agreed', by, at }))) return false;
  await record(sql, applicationAnswered(by, applicationId, 'agreed'), at);
  const consents = await selectConsents(sql, applicationId);
  if (!consents.every(({ decision }) => decision === 'agreed')) return true;
  await updateSubmitted(sql, applicationId, at);
  await record(sql, applicationSubmitted(by, applicationId), at);
  return true;
}
