import type { Said } from '../../http/locale.ts';
import type { Refusable } from '../../http/page.ts';
import type { OfficeTier } from '../office.ts';
import type { OfficerRole } from '../officer-permissions.policy.ts';
import type { OfficerState } from '../staff-member.ts';

export interface StaffLine {
  readonly officerId: string;
  readonly name: string;
  readonly role: OfficerRole;
  readonly office: Said;
  readonly state: OfficerState;
  readonly createdAt: Date;
}

/** GET /console/officers?state=&office=. */
export interface OfficersModel {
  readonly members: readonly StaffLine[];
  readonly filter: { readonly state: string; readonly office: string };
  readonly states: readonly OfficerState[];
  readonly offices: readonly OfficeChoice[];
  readonly mayInvite: boolean;
  /** What was just done. */
  readonly done?: 'invited' | 'disabled';
}

export interface OfficeChoice {
  readonly officeId: string;
  readonly name: Said;
  readonly depth: number;
}

export interface OfficerModel extends StaffLine {
  /** Names; absent when the operator's command did it. */
  readonly invitedBy?: string;
  readonly confirmedBy?: string;
  readonly disabledAt?: Date;
  readonly linkUntil?: Date;
  readonly may: { readonly confirm: boolean; readonly renew: boolean; readonly disable: boolean };
  /** What this officer did; absent for those who do not see the trail. */
  readonly trailHref?: string;
  /** It waits for somebody else than the one who looks. */
  readonly ownInvitation: boolean;
}

/** POST /console/officers/invite {name, role, office}. */
export interface InviteModel extends Refusable {
  readonly values: { readonly name: string; readonly role: string; readonly office: string };
  readonly roles: readonly OfficerRole[];
  readonly offices: readonly OfficeChoice[];
}

/** POST /console/officers/<id>/confirm {} or /console/officers/<id>/disable {}. */
export interface StaffChangeModel extends Refusable {
  readonly member: OfficerModel;
}

/** The link, shown this once. */
export interface LinkModel {
  readonly name: string;
  readonly link: string;
  readonly until: Date;
}

/** POST /console/offices/add {office_id, parent_id, name_vi, name_en}. */
export interface AddOfficeModel extends Refusable {
  readonly values: Readonly<Record<'office_id' | 'parent_id' | 'name_vi' | 'name_en', string>>;
  readonly parents: readonly OfficeChoice[];
}

export interface OfficesModel {
  readonly offices: readonly (OfficeChoice & { readonly tier: OfficeTier; readonly officers: number })[];
  readonly mayAdd: boolean;
  readonly done?: boolean;
}

/** POST /console/enrol/<token> {credential}. */
export interface EnrolModel extends Refusable {
  readonly name: string;
  readonly role: OfficerRole;
  readonly office: Said;
  readonly action: string;
  readonly passkey: object;
}

declare module '../../http/page.ts' {
  interface Views {
    'console/staff/officers': OfficersModel;
    'console/staff/officer': OfficerModel;
    'console/staff/invite': InviteModel;
    'console/staff/confirm': StaffChangeModel;
    'console/staff/disable': StaffChangeModel;
    'console/staff/link': LinkModel;
    'console/staff/offices': OfficesModel;
    'console/staff/add-office': AddOfficeModel;
    'console/staff/enrol': EnrolModel;
    'console/staff/enrol-gone': object;
    'console/staff/enrolled': object;
  }
}
