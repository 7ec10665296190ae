import {
  grantApplication,
  holdApplication,
  refuseApplication,
  type GrantRefusal,
} from '../../accounts/organisations/decide-application.ts';
import { findApplication } from '../../accounts/organisations/find-application.ts';
import type { ApplyDeps } from '../../accounts/organisations/apply-for-organisation.ts';
import type { ApplicationId, ApplicationRefusal } from '../../accounts/organisations/application.ts';
import { record } from '../../audit/record.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { actorOf, type Officer } from '../officer.ts';
import { mayDecideApplication } from './application-decision.policy.ts';
import { applicationDecisionRefused, applicationGranted, applicationRefused } from './events.ts';

export type Verdict =
  | { readonly kind: 'grant' }
  | { readonly kind: 'refuse'; readonly code: ApplicationRefusal; readonly reason: Sealed<string> };

export type DecideOutcome =
  | { readonly kind: 'granted' | 'refused' }
  /** What was true when it was applied for is not now. It stays open, to be refused. */
  | { readonly kind: 'not_eligible'; readonly reasons: readonly GrantRefusal[] }
  | { readonly kind: 'no_application' | 'touched' | 'not_received' | 'already_decided' | 'unavailable' };

/**
 * A second officer's word, once: the row is held while four eyes and the register of today are asked, and account, evidence,
 * invitation and audit stand or fall together. Tries at what one may not are recorded.
 */
export async function decideApplication(
  deps: ApplyDeps,
  officer: Officer,
  id: ApplicationId,
  verdict: Verdict,
): Promise<DecideOutcome> {
  const known = verdict.kind === 'grant' ? await findApplication(deps, id) : undefined;
  // asked before the row is held
  const answer = known && (await deps.organisations.findOrganisation(known.detail.reveal().organisation.taxNumber));
  return inTransaction(deps.db, async (sql) => {
    const at = deps.clock.now();
    const one = await holdApplication(sql, deps, id);
    if (!one) return { kind: 'no_application' };
    const decision = mayDecideApplication(one, officer.officerId);
    if (decision.kind !== 'may_decide') {
      await record(sql, applicationDecisionRefused(officer, one, decision.kind), at);
      return { kind: decision.kind };
    }
    if (verdict.kind === 'refuse') {
      const { code, reason } = verdict;
      await refuseApplication(sql, deps, one, officer.officerId, { code, reason: reason.reveal() });
      await record(sql, applicationRefused(officer, one, code), at);
      return { kind: 'refused' };
    }
    if (!answer || answer.kind === 'unavailable') return { kind: 'unavailable' };
    const by = { officerId: officer.officerId, actor: actorOf(officer) };
    const found = answer.kind === 'found' ? answer.value : undefined;
    const outcome = await grantApplication(sql, deps, one, by, found);
    if (outcome.kind === 'not_eligible') {
      await record(sql, applicationDecisionRefused(officer, one, 'not_eligible'), at);
      return outcome;
    }
    await record(sql, applicationGranted(officer, one, outcome.subject), at);
    return { kind: 'granted' };
  });
}
