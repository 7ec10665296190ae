import { renewInvitation, type RenewOutcome } from '../../accounts/renew-invitation.ts';
import type { ChangeAccountDeps } from '../../accounts/change-account.ts';
import { record } from '../../audit/record.ts';
import { actorOf, type Officer } from '../officer.ts';
import { selectCaseByNumber } from './enrolment-case.store.ts';
import { invitationAskedFor } from './events.ts';

/**
 * The help desk renews the invitation of a case that a caller names, and tells the holder anew. Audited with the reason
 * whatever comes of it; nothing of the person is shown to the help desk.
 */
export async function renewLapsed(
  deps: ChangeAccountDeps,
  officer: Officer,
  caseNumber: number,
  reason: string,
): Promise<RenewOutcome> {
  const one = await selectCaseByNumber(deps.db, deps.keyring, caseNumber);
  const outcome: RenewOutcome = one?.subject
    ? await renewInvitation(deps, one.subject, actorOf(officer))
    : { kind: 'not_invited' };
  if (one) await record(deps.db, invitationAskedFor(officer, one, outcome.kind, reason), deps.clock.now());
  return outcome;
}
