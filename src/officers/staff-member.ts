import type { Sealed } from '../kernel/sealed.ts';
import type { OfficerRole } from './officer-permissions.policy.ts';
import type { OfficeId, OfficerId } from './officer.ts';

/** invited -> confirmed by a second administrator -> active once the passkey is made; disabled ends it for good. */
export const OFFICER_STATES = ['invited', 'confirmed', 'active', 'disabled'] as const;
export type OfficerState = (typeof OFFICER_STATES)[number];

export interface StaffPersonal {
  readonly name: string;
}

const NAME = /^[\p{L}\p{M}' .-]{2,80}$/u;

/** A name as it is written, composed and with single spaces; undefined for what is none. */
export function parseStaffName(text: string): string | undefined {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return NAME.test(name) ? name : undefined;
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
