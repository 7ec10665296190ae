import type { SubjectId } from '../kernel/ids.ts';
import type { Person } from '../registry/population-registry.ts';
import { mayUseAccount, type AccessDecision } from './account-access.policy.ts';
import type { AccountFacts } from './account.ts';
import { hasReached } from './age.policy.ts';
import { isOldEnough } from './entitlement.policy.ts';

/** Civil Code 91/2015 art. 20(1): of age. Whom the register has under a guardian from then on is a ward. */
const MAJORITY = 18;

/** Whose eyes an account is used under. Epoch seconds. */
export type Guardianship =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'in_charge';
      readonly guardian: SubjectId;
      readonly use: AccessDecision;
      readonly sinceSeconds: number;
    };

/**
 * Who must confirm what is done with this account (Decree 69/2024 art. 14(2)): the guardian of somebody under 14, and that of
 * a ward at any age; undefined when nobody needs to. From the 14th birthday in Hà Nội on a child's account is its holder's
 * own, without anybody's doing. `nobody`: somebody must confirm, and there is no one in charge.
 */
export function guardianshipOf(
  { guardian, kind, personal }: Pick<AccountFacts, 'guardian' | 'kind' | 'personal'>,
  now: Date,
): Guardianship | undefined {
  const isUnderAge = kind !== 'organisation' && !isOldEnough(personal.reveal().birthDate, now);
  if (!isUnderAge && !guardian?.ward) return undefined;
  if (!guardian?.inForce) return { kind: 'nobody' };
  const use = mayUseAccount({ ...guardian, level: guardian.level ?? undefined });
  return { kind: 'in_charge', guardian: guardian.subject, use, sinceSeconds: guardian.sinceSeconds };
}

/**
 * By whose phone and mail the holder of an account is reached (Decree 69/2024 art. 10): the guardian's, while there is one to
 * confirm; undefined while there should be and is none.
 */
export function reachedThrough(
  facts: Pick<AccountFacts, 'subject' | 'guardian' | 'kind' | 'personal'>,
  now: Date,
): SubjectId | undefined {
  const guardianship = guardianshipOf(facts, now);
  if (!guardianship) return facts.subject;
  return guardianship.kind === 'in_charge' ? guardianship.guardian : undefined;
}

/** Whether the guardian on record stays one beyond the 14th birthday: the registry says so, or the person is of age. */
export const isWard = ({ ward, birthDate }: Pick<Person, 'ward' | 'birthDate'>, now: Date): boolean =>
  ward ?? hasReached(birthDate, MAJORITY, now);
