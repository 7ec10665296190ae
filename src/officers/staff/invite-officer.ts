import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { randomBuffer, randomId } from '../../kernel/random.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import { officerInvited } from '../events.ts';
import { selectOffices } from '../office.store.ts';
import { insertMember, type StaffKeys } from '../officer.store.ts';
import type { OfficerRole } from '../officer-permissions.policy.ts';
import { actorOf, type OfficeId, type Officer, type OfficerId } from '../officer.ts';
import { HANDLE_BYTES } from '../../authenticators/webauthn/passkey-options.ts';
import type { StaffPersonal } from '../staff-member.ts';

export interface StaffDeps extends StaffKeys {
  readonly db: Database;
  readonly clock: Clock;
}

export interface Invitation {
  readonly role: OfficerRole;
  readonly officeId: OfficeId;
  readonly personal: Sealed<StaffPersonal>;
}

/** One administrator names an officer; until another confirms there is no link, and nobody can come in by it. */
export function inviteOfficer(
  deps: StaffDeps,
  by: Officer,
  { role, officeId, personal }: Invitation,
): Promise<{ readonly kind: 'invited'; readonly officerId: OfficerId } | { readonly kind: 'no_such_office' }> {
  return inTransaction(deps.db, async (sql) => {
    const offices = await selectOffices(sql);
    if (!offices.some((office) => office.officeId === officeId)) return { kind: 'no_such_office' };
    const officerId = randomId() as OfficerId;
    const handle = randomBuffer(HANDLE_BYTES);
    const at = deps.clock.now();
    const member = { officerId, officeId, role, personal, handle, state: 'invited', invitedBy: by.officerId } as const;
    await insertMember(deps, sql, member, at);
    await record(sql, officerInvited(actorOf(by), member), at);
    return { kind: 'invited', officerId };
  });
}
