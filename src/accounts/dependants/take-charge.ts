import type { SubjectId } from '../../kernel/ids.ts';
import type { NationalId } from '../../registry/national-id.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { mayUseAccount } from '../account-access.policy.ts';
import { lockRow, selectFacts } from '../account.store.ts';
import { guardianActor } from '../events.ts';
import { findAccountByNationalId } from '../find-account.ts';
import { guardianshipOf, isWard } from '../guardianship.policy.ts';
import { putGuardianInCharge } from '../put-guardian-in-charge.ts';
import { updateReleased } from '../guardian.store.ts';
import { needsGuardian } from './dependant-request.policy.ts';
import { guardianStanding } from './person-in-care.ts';
import type { RequestDeps } from './request-account.ts';

export type TakeChargeOutcome = { readonly kind: 'in_charge' | 'not_in_care' | 'own_level_too_low' | 'unavailable' };

/**
 * A guardian whom the register names now takes charge of an account that nobody, or a former guardian, is in charge of: one
 * who had no account when the register told of them.
 */
export async function takeCharge(
  deps: RequestDeps,
  asking: SubjectId,
  dependant: NationalId,
): Promise<TakeChargeOutcome> {
  const found = await deps.registry.findPerson(dependant);
  if (found.kind === 'unavailable') return found;
  if (found.kind === 'not_found') return { kind: 'not_in_care' };
  const person = found.value;
  return inTransaction(deps.db, async (sql) => {
    const at = deps.clock.now();
    const account = await findAccountByNationalId({ ...deps, db: sql }, dependant);
    const guardian = await selectFacts(sql, deps.keyring, asking);
    if (!account || !guardian || mayUseAccount(guardian).kind !== 'may_use') return { kind: 'not_in_care' };
    const isOnRecord = person.guardian?.reveal() === guardian.personal.reveal().nationalId;
    if (!isOnRecord || person.deceasedOn !== undefined || !needsGuardian(person, at)) return { kind: 'not_in_care' };
    const { level, isDependant } = guardianStanding(guardian, at);
    if (level !== '02' || isDependant) return { kind: 'own_level_too_low' };
    await lockRow(sql, account.subject);
    const now = await selectFacts(sql, deps.keyring, account.subject);
    const guardianship = now && guardianshipOf(now, at);
    if (guardianship?.kind === 'in_charge' && guardianship.guardian === asking) return { kind: 'in_charge' };
    await updateReleased(sql, account.subject, false);
    const charge = { guardian: asking, ward: isWard(person, at), actor: guardianActor(asking) };
    await putGuardianInCharge(sql, account.subject, charge, at);
    return { kind: 'in_charge' };
  });
}
