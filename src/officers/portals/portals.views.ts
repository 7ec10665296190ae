import type { Acr } from '../../assurance/assurance-level.ts';
import type { Said } from '../../http/locale.ts';
import type { Refusable } from '../../http/page.ts';
import type { ClaimName } from '../../portals/claim.ts';
import type { DisableReason } from '../../portals/portal-record.ts';
import type { Agreement } from '../../portals/portal.ts';
import type { DueIn } from '../cases/due-in.ts';
import type { ColumnChart } from '../start/chart.ts';
import type { PortalFormValues } from './portal-form.ts';

/** Who did it. Text `console.portals.by_<kind>`. */
export interface Doer {
  readonly kind: 'officer' | 'operator' | 'sandbox' | 'self' | 'unknown';
  readonly name: string;
}

export interface PortalLine {
  readonly portalId: string;
  readonly name: Said;
  readonly authority: Said;
  readonly isDisabled: boolean;
  readonly minimumAcr: Acr;
  readonly claims: number;
  /** Its number. */
  readonly agreement?: string;
  readonly registeredAt: Date;
  readonly by: Doer;
}

export interface ProposalLine {
  readonly proposalId: string;
  readonly portalId: string;
  readonly proposedAt: Date;
  readonly by: Doer;
  readonly dueAt: Date;
  readonly due: DueIn;
}

export const PORTAL_FILTERS = ['live', 'disabled', 'test'] as const;
export type PortalFilter = (typeof PORTAL_FILTERS)[number];

/** GET /console/portals?state=. */
export interface PortalsModel {
  readonly state: PortalFilter;
  readonly portals: readonly PortalLine[];
  readonly proposals: readonly ProposalLine[];
  readonly mayRegister: boolean;
}

/** Everything agreed with a portal. */
export interface PortalShown {
  readonly portalId: string;
  readonly name: Said;
  readonly authority: Said;
  readonly purpose: Said;
  readonly purposeVersion: number;
  readonly minimumAcr: Acr;
  readonly claims: readonly { readonly name: ClaimName; readonly required: boolean }[];
  readonly sector: string;
  readonly homeUrl: string;
  readonly redirectUris: readonly string[];
  readonly signedOutUris: readonly string[];
  readonly logoutUri?: string;
  readonly keys:
    | { readonly kind: 'keys'; readonly kids: string }
    | { readonly kind: 'keys_at'; readonly address: string }
    | { readonly kind: 'secret'; readonly method: string };
  readonly refreshTokens: boolean;
  readonly pushes: boolean;
  readonly logo?: string;
  readonly logoUri?: string;
  readonly policyUrl?: string;
  readonly termsUrl?: string;
  readonly agreement?: Agreement;
}

export interface PortalEventLine {
  /** Text `console.portals.event_<name>`. */
  readonly name: string;
  readonly at: Date;
  readonly by: Doer;
  readonly reason?: DisableReason;
  readonly document?: string;
}

export interface PortalModel {
  readonly portal: PortalShown;
  readonly registeredAt: Date;
  readonly by: Doer;
  readonly disabled?: { readonly at: Date; readonly reason?: DisableReason; readonly document?: string };
  readonly signIns: {
    readonly days: readonly { readonly day: Date; readonly signIns: number }[];
    readonly chart?: ColumnChart;
  };
  readonly history: readonly PortalEventLine[];
  readonly may: { readonly change: boolean; readonly disable: boolean; readonly enable: boolean };
  readonly done?: 'confirmed' | 'disabled' | 'enabled';
}

/** POST /console/portals/proposals/new with the fields of the form. */
export interface RegisterModel extends Refusable {
  readonly values: PortalFormValues;
  readonly claims: readonly ClaimName[];
}

/** POST /console/portals/proposals/file {file}. */
export interface RegisterFileModel extends Refusable {
  readonly file: string;
}

/** POST /console/portals/proposals/<id> {decision, record}. */
export interface ProposalModel extends Refusable {
  readonly proposalId: string;
  readonly portal: PortalShown;
  readonly proposedAt: Date;
  readonly by: Doer;
  readonly dueAt: Date;
  readonly due: DueIn;
  readonly decided?: {
    readonly as: 'confirmed' | 'refused';
    readonly by: Doer;
    readonly at: Date;
    readonly record: string;
  };
  /** There is a portal of that id: this changes it. */
  readonly changes: boolean;
  readonly isOwn: boolean;
  readonly mayDecide: boolean;
  readonly values: { readonly record: string };
}

/** The secret, shown this once. */
export interface SecretModel {
  readonly portalId: string;
  readonly secret: string;
}

/** POST /console/portals/id/<id>/disable {reason, document}. */
export interface DisableModel extends Refusable {
  readonly portalId: string;
  readonly name: Said;
  readonly reasons: readonly DisableReason[];
  readonly values: { readonly reason: string; readonly document: string };
}

/** POST /console/portals/id/<id>/enable {}. */
export interface EnableModel extends Refusable {
  readonly portalId: string;
  readonly name: Said;
}

declare module '../../http/page.ts' {
  interface Views {
    'console/portals/portals': PortalsModel;
    'console/portals/portal': PortalModel;
    'console/portals/register': RegisterModel;
    'console/portals/register-file': RegisterFileModel;
    'console/portals/proposal': ProposalModel;
    'console/portals/secret': SecretModel;
    'console/portals/disable': DisableModel;
    'console/portals/enable': EnableModel;
  }
}
