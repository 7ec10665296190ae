import type { SubjectId } from '../kernel/ids.ts';
import { mayUseAccount, type AccessDecision } from './account-access.policy.ts';
import type { AccountFacts } from './account.ts';

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
 * Who must confirm what is done with this account (Decree 69/2024 art. 14(2)); undefined for an account that never had a
 * guardian. `nobody`: it had one and has none now, so that there is nobody to confirm anything.
 */
export function guardianshipOf({ guardian }: Pick<AccountFacts, 'guardian'>): Guardianship | undefined {
  if (!guardian) return undefined;
  if (!guardian.inForce) return { kind: 'nobody' };
  const use = mayUseAccount({ ...guardian, level: guardian.level ?? undefined });
  return { kind: 'in_charge', guardian: guardian.subject, use, sinceSeconds: guardian.sinceSeconds };
}
