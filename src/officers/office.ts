import type { Said } from '../http/locale.ts';
import type { OfficeId } from './officer.ts';

/** Ministry, province, commune: where officers sit. */
export const OFFICE_TIERS = ['ministry', 'province', 'commune'] as const;
export type OfficeTier = (typeof OFFICE_TIERS)[number];

/** The tier of what is put under an office of this one; undefined under a commune. */
export const tierBelow = (tier: OfficeTier): OfficeTier | undefined => OFFICE_TIERS[OFFICE_TIERS.indexOf(tier) + 1];

export interface Office {
  readonly officeId: OfficeId;
  readonly parentId?: OfficeId;
  readonly tier: OfficeTier;
  readonly name: Said;
}

const OFFICE_ID = /^[a-z0-9][a-z0-9-]{1,39}$/;

/** The short name of an office, as the operator gives it: small letters, digits, hyphens. Undefined for any other text. */
export const parseOfficeId = (text: string): OfficeId | undefined =>
  OFFICE_ID.test(text) ? (text as OfficeId) : undefined;

export interface OfficeBranch extends Office {
  /** 0 for the ministry. */
  readonly depth: number;
}

/** Every office under the one above it, by name; as a list that reads as a tree. */
export function officeTree(offices: readonly Office[]): readonly OfficeBranch[] {
  const below = Map.groupBy(offices, ({ parentId }) => parentId);
  const branch = (parentId: OfficeId | undefined, depth: number): OfficeBranch[] =>
    (below.get(parentId) ?? [])
      .toSorted((a, b) => a.name.vi.localeCompare(b.name.vi, 'vi'))
      .flatMap((office) => [{ ...office, depth }, ...branch(office.officeId, depth + 1)]);
  return branch(undefined, 0);
}
