import type { LockGround } from '../../accounts/lock-ground.policy.ts';
import type { ApplicationState } from '../../accounts/organisations/application.ts';
import type { Refusable } from '../../http/page.ts';

interface Named {
  readonly name: string;
  readonly taxNumber: string;
}

/** Texts `organisations.state_<state>`. */
export type OrganisationState = 'active' | 'locked' | 'to_activate' | 'lapsed' | 'ended';

/** What was done just now. Texts `organisations.done_<news>`. */
export const ORGANISATION_NEWS = [
  'applied',
  'agreed',
  'declined',
  'activated',
  'locked',
  'unlocked',
  'lock_ended',
] as const;
export type OrganisationNews = (typeof ORGANISATION_NEWS)[number];

/** POST …/activate {tax_number}, …/answer {application, decision = agreed | declined}; links …/apply, …/lock?number=, …/unlock?number=. */
export interface OrganisationsModel extends Refusable {
  readonly mayApply: boolean;
  readonly organisations: readonly (Named & {
    readonly state: OrganisationState;
    readonly activateBy?: Date;
    readonly number?: string;
    /** Of a locked one. Texts `organisations.ground_<ground>` say what to do. */
    readonly grounds: readonly LockGround[];
  })[];
  readonly applications: readonly (Named & {
    readonly applicationId: string;
    /** `TC 000 123`. */
    readonly number: string;
    readonly state: ApplicationState;
    readonly applicantName: string;
    readonly madeAt: Date;
    readonly agreed: number;
    readonly asked: number;
    readonly waitsForYou: boolean;
    readonly refusal?: { readonly code: string; readonly reason: string };
  })[];
  readonly done?: OrganisationNews;
}

/** POST /account/organisations/apply {tax_number}. */
export interface ApplyOrganisationModel extends Refusable {
  readonly values?: { readonly tax_number: string };
}

/** POST /account/organisations/lock {tax_number}. */
export type LockOrganisationModel = Named;

/** POST /account/organisations/unlock {tax_number}. */
export interface UnlockOrganisationModel extends Named {
  /** Those that stay. */
  readonly others: readonly LockGround[];
}

declare module '../../http/page.ts' {
  interface Views {
    'self-service/organisations': OrganisationsModel;
    'self-service/apply-organisation': ApplyOrganisationModel;
    'self-service/lock-organisation': LockOrganisationModel;
    'self-service/unlock-organisation': UnlockOrganisationModel;
  }
}
