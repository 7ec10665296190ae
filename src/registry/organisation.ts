import type { NationalId } from './national-id.ts';
import type { TaxNumber } from './tax-number.ts';

/** One record of the register of organisations, as far as an account needs it (Decree 69/2024 art. 11). */
export interface Organisation {
  readonly taxNumber: TaxNumber;
  readonly name: string;
  readonly shortName?: string;
  readonly foreignName?: string;
  readonly headOffice: string;
  /** ISO day. */
  readonly foundedOn: string;
  readonly state: 'active' | 'dissolved';
  /** The data stand in a national or sector database; else an officer has to verify them (art. 13). */
  readonly verified: boolean;
  /** Legal representatives. */
  readonly representatives: readonly NationalId[];
}

/** One fact of the change feed about an organisation; `organisation` is the record after it. */
export interface OrganisationChange {
  readonly cursor: string;
  readonly occurredAt: string;
  readonly kind: 'organisation_dissolved' | 'organisation_restored' | 'organisation_changed';
  readonly organisation: Organisation;
}
