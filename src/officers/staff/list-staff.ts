import type { Sql } from '../../storage/postgres.ts';
import type { Office } from '../office.ts';
import { selectOffices } from '../office.store.ts';
import { selectMembers, type StaffKeys } from '../officer.store.ts';
import type { StaffMember } from '../staff-member.ts';

export interface Staff {
  /** Those who wait for something first, then the newest. */
  readonly members: readonly StaffMember[];
  readonly offices: readonly Office[];
}

/** Everybody who serves or served, and where. Two statements. */
export async function listStaff(deps: StaffKeys & { readonly db: Sql }): Promise<Staff> {
  const [members, offices] = await Promise.all([selectMembers(deps, deps.db), selectOffices(deps.db)]);
  return { members, offices };
}
