import type { Organisation } from './organisation.ts';
import type { RegistryAnswer } from './population-registry.ts';
import type { TaxNumber } from './tax-number.ts';

/** An interface because there are two: the HTTP connector, and the fake of the tests. Both pass one contract suite. */
export interface OrganisationRegister {
  /** The organisation by tax number, a dissolved one too. */
  findOrganisation(taxNumber: TaxNumber): Promise<RegistryAnswer<Organisation>>;
}
