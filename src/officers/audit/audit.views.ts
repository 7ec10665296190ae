import type { Said } from '../../http/locale.ts';
import type { Refusable } from '../../http/page.ts';
import type { FilterValues } from './audit-filter.ts';

/** Who did it: an officer by name, a body by the text `console.audit.by.<by>`, or else what stands in the trail. */
export type ActorLine =
  | { readonly kind: 'officer'; readonly name: string; readonly office: Said }
  | { readonly kind: 'known'; readonly by: string }
  | { readonly kind: 'as_written'; readonly text: string };

export interface EventLine {
  readonly at: Date;
  /** Text `console.audit.event.<kind>`; of a kind that is no longer written, the kind alone. */
  readonly kind: string;
  readonly isKnown: boolean;
  readonly actor?: ActorLine & { readonly href: string };
  readonly portal?: Said;
  /** What else is known, as the trail has it. */
  readonly data: readonly { readonly name: string; readonly value: string }[];
  /** All events of the account it is about; absent when it is about none, or when only those are shown. */
  readonly subjectHref?: string;
}

/** What an auditor should look at, of the last days. */
export interface AlertLine {
  /** Texts `console.audit.alert.<name>`. */
  readonly name: 'unusual' | 'refused';
  readonly count: number;
  readonly href: string;
}

/** GET /console/audit?kind&actor&portal&subject&from&to&after; POST /console/audit {national_id, kind, actor, portal, from, to}. */
export interface AuditModel extends Refusable {
  readonly values: FilterValues;
  readonly kinds: readonly string[];
  readonly portals: readonly { readonly portalId: string; readonly name: Said }[];
  readonly alerts: readonly AlertLine[];
  /** Absent when the filter could not be read. */
  readonly events?: readonly EventLine[];
  /** Whose events alone are shown, when that is an officer; the same filter, for everybody. */
  readonly officer?: { readonly name: string; readonly office: Said; readonly allHref: string };
  /** The same filter, for all accounts. */
  readonly allSubjectsHref?: string;
  readonly firstHref?: string;
  readonly nextHref?: string;
  readonly exportHref?: string;
}

/** GET /console/audit/export?(the same); POST /console/audit/export {format, kind, actor, portal, subject, from, to}. */
export interface ExportModel extends Refusable {
  readonly values: FilterValues;
  readonly formats: readonly string[];
  /** How many events the file would hold; absent when the filter could not be read. */
  readonly count?: number;
  readonly limit: number;
  readonly backHref: string;
}

declare module '../../http/page.ts' {
  interface Views {
    'console/audit/audit': AuditModel;
    'console/audit/export': ExportModel;
  }
}
