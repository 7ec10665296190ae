import type { Clock } from '../../kernel/clock.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { record } from '../../audit/record.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import { officeAdded, officerInvited } from '../events.ts';
import type { Office } from '../office.ts';
import { insertOffice } from '../office.store.ts';
import { insertMember, type StaffKeys } from '../officer.store.ts';
import type { OfficerRole } from '../officer-permissions.policy.ts';
import type { OfficeId, OfficerId } from '../officer.ts';
import { insertPasskey } from '../sign-in/officer-passkey.store.ts';

/** Offices, those above first, and officers whose passkeys were made elsewhere. */
export interface ForeignStaff {
  readonly offices: readonly (Pick<Office, 'tier' | 'name'> & {
    readonly officeId: string;
    readonly parentId?: string;
  })[];
  readonly officers: readonly {
    readonly officerId: string;
    readonly officeId: string;
    readonly role: OfficerRole;
    readonly name: string;
    readonly handle: Buffer;
    readonly credentialId: Buffer;
    /** COSE key. */
    readonly publicKey: Uint8Array;
  }[];
}

/**
 * Takes in whom it does not have yet, active at once; whatever became of the others since stays. Nobody invites or confirms
 * here: for a database of made-up people alone. `actor` stands in the audit trail.
 */
export async function admitStaff(
  deps: StaffKeys & { readonly db: Database; readonly clock: Clock },
  staff: ForeignStaff,
  actor: string,
): Promise<void> {
  const at = deps.clock.now();
  await inTransaction(deps.db, async (sql) => {
    for (const { officeId, parentId, tier, name } of staff.offices) {
      const office = {
        officeId: officeId as OfficeId,
        tier,
        name,
        ...(parentId && { parentId: parentId as OfficeId }),
      };
      if (await insertOffice(sql, office)) await record(sql, officeAdded(actor, office.officeId), at);
    }
    for (const one of staff.officers) {
      const member = { ...one, officerId: one.officerId as OfficerId, officeId: one.officeId as OfficeId };
      const personal = new Sealed({ name: one.name });
      if (!(await insertMember(deps, sql, { ...member, personal, state: 'active' }, at))) continue;
      await insertPasskey(sql, { ...member, counter: 0, maySync: true, synced: true }, at);
      await record(sql, officerInvited(actor, member), at);
    }
  });
}
