import type { Sql } from '../storage/postgres.ts';
import { selectOfficePath, selectOfficesBelow } from './office.store.ts';
import { covers, type Reach } from './officer-permissions.policy.ts';
import type { OfficeId, Officer } from './officer.ts';

/** The offices that `reach` covers from where the officer sits, for a statement's filter; undefined means all of them. */
export async function officesInReach(
  deps: { readonly db: Sql },
  officer: Pick<Officer, 'officeId'>,
  reach: Reach,
): Promise<readonly OfficeId[] | undefined> {
  if (reach === 'everywhere') return undefined;
  return reach === 'own_office' ? [officer.officeId] : selectOfficesBelow(deps.db, officer.officeId);
}

/** Whether `reach` covers this one office from where the officer sits. */
export async function isInReach(
  deps: { readonly db: Sql },
  officer: Pick<Officer, 'officeId'>,
  reach: Reach,
  target: OfficeId,
): Promise<boolean> {
  return reach === 'everywhere' || covers(reach, officer.officeId, await selectOfficePath(deps.db, target));
}
