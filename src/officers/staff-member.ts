import type { Sealed } from '../kernel/sealed.ts';
import type { OfficerRole } from './officer-permissions.policy.ts';
import type { OfficeId, OfficerId } from './officer.ts';

/** invited -> confirmed by a second administrator -> active once the passkey is made; disabled ends it for good. */
export type OfficerState = 'invited' | 'confirmed' | 'active' | 'disabled';

export interface StaffPersonal {
  readonly name: string;
}

/** An officer as the administrators keep them. */
export interface StaffMember {
  readonly officerId: OfficerId;
  readonly officeId: OfficeId;
  readonly role: OfficerRole;
  readonly state: OfficerState;
  readonly personal: Sealed<StaffPersonal>;
  /** Absent when the operator's command did it. */
  readonly invitedBy?: OfficerId;
  readonly confirmedBy?: OfficerId;
  readonly createdAt: Date;
  readonly disabledAt?: Date;
  /** Until when the link to make the passkey is good; absent when there is none. */
  readonly linkUntil?: Date;
}
