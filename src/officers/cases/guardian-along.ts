import { mayUseAccount } from '../../accounts/account-access.policy.ts';
import type { GuardianFacts } from '../../accounts/enrolment-eligibility.policy.ts';
import { findAccountByNationalId, type FindAccountDeps } from '../../accounts/find-account.ts';
import { guardianshipOf } from '../../accounts/guardianship.policy.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { NationalId } from '../../registry/national-id.ts';
import type { Person } from '../../registry/population-registry.ts';

/** The guardian who came along, as the case keeps them: the account that will confirm, and the phone that is used. */
export interface GuardianAlong {
  readonly nationalId: string;
  readonly subject: SubjectId;
  readonly fullName: string;
  /** E.164. */
  readonly phone: string;
}

export interface GuardianGathered {
  readonly facts: GuardianFacts;
  /** Absent when this person cannot confirm anything here. */
  readonly along?: GuardianAlong;
}

/** What the guardian at the counter is by the register and by their own account, at this moment. */
export async function gatherGuardian(
  deps: FindAccountDeps,
  dependant: Person,
  guardian: NationalId,
  now: Date,
): Promise<GuardianGathered> {
  const account = await findAccountByNationalId(deps, guardian);
  const isOnRecord = dependant.guardian?.reveal() === guardian.reveal();
  const use = account && mayUseAccount(account);
  const { phone, fullName, nationalId } = account?.personal.reveal() ?? {};
  const mayConfirm = use?.kind === 'may_use' && use.level === '02' && account && !guardianshipOf(account, now);
  if (!mayConfirm || phone === undefined || fullName === undefined || nationalId === undefined)
    return { facts: { isOnRecord, mayConfirm: false } };
  return {
    facts: { isOnRecord, mayConfirm: true },
    along: { nationalId, subject: account.subject, fullName, phone },
  };
}
