import { renewInvitation, type RenewOutcome } from '../../accounts/renew-invitation.ts';
import type { ChangeAccountDeps } from '../../accounts/change-account.ts';
import { findAccountByNationalId } from '../../accounts/find-account.ts';
import { findInvitation } from '../../accounts/find-invitation.ts';
import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { ApplicationNumber } from '../../accounts/organisations/application.ts';
import { findGrantedByNumber } from '../../accounts/organisations/find-application.ts';
import type { NationalId } from '../../registry/national-id.ts';
import { actorOf, type Officer } from '../officer.ts';
import { selectCaseByNumber } from './enrolment-case.store.ts';
import { invitationAskedFor } from './events.ts';

/**
 * The help desk renews the invitation of a case, or of an organisation's application, that a caller names, and tells the
 * holder anew; where a guardian asked for the account and there is no case, by the dependant's number. Audited with the reason whatever comes of it; nothing of the
 * person is shown to the help desk.
 */
export async function renewLapsed(
  deps: ChangeAccountDeps,
  officer: Officer,
  named: number | NationalId | ApplicationNumber,
  reason: string,
): Promise<RenewOutcome> {
  const one = await findNamed(deps, named);
  const outcome: RenewOutcome = one?.subject
    ? await renewInvitation(deps, one.subject, actorOf(officer))
    : { kind: 'not_invited' };
  if (one) await record(deps.db, invitationAskedFor(officer, one, outcome.kind, reason), deps.clock.now());
  return outcome;
}

async function findNamed(deps: ChangeAccountDeps, named: number | NationalId | ApplicationNumber) {
  if (typeof named === 'number') return selectCaseByNumber(deps.db, deps.keyring, named);
  if (!('application' in named)) return findRequest(deps, named);
  const granted = await findGrantedByNumber(deps, named);
  return granted && { caseId: granted.applicationId, subject: granted.subject };
}

/** The request that the account's invitation came from. */
async function findRequest(
  deps: ChangeAccountDeps,
  nationalId: NationalId,
): Promise<{ readonly caseId: string; readonly caseNumber?: number; readonly subject: SubjectId } | undefined> {
  const account = await findAccountByNationalId(deps, nationalId);
  const invitation = account && (await findInvitation(deps, account.subject));
  return invitation && { caseId: invitation.caseId, subject: account.subject };
}
