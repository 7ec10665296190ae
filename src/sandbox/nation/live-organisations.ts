import { unreachable } from '../../kernel/unreachable.ts';
import type { OrganisationHappening } from './happening.ts';
import type { RegisteredOrganisation } from './registered-organisation.ts';

/** The register with what happened since. */
export interface LiveOrganisations {
  find(taxNumber: string): RegisteredOrganisation | undefined;
  /** The record after it happened; undefined when there is no such organisation. */
  apply(happening: OrganisationHappening, today: string): RegisteredOrganisation | undefined;
}

export function liveOrganisations(registered: readonly RegisteredOrganisation[]): LiveOrganisations {
  const now = new Map(registered.map((one) => [one.taxNumber, one]));
  return {
    find: (taxNumber) => now.get(taxNumber),
    apply(happening, today) {
      const before = now.get(happening.tax_number);
      if (!before) return undefined;
      const record = after(before, happening, today);
      now.set(record.taxNumber, record);
      return record;
    },
  };
}

function after(
  before: RegisteredOrganisation,
  happening: OrganisationHappening,
  today: string,
): RegisteredOrganisation {
  switch (happening.kind) {
    case 'organisation_dissolved':
      return { ...before, dissolvedOn: happening.dissolved_on ?? today };
    case 'organisation_restored': {
      const { dissolvedOn: _, ...rest } = before;
      return rest;
    }
    case 'organisation_changed':
      return {
        ...before,
        name: happening.name ?? before.name,
        headOffice: happening.head_office ?? before.headOffice,
        representatives: happening.representatives ?? before.representatives,
      };
    default:
      return unreachable(happening);
  }
}
