/** A made-up organisation as the register has it. Numbers of representatives are those of the nation. */
export interface RegisteredOrganisation {
  readonly taxNumber: string;
  readonly name: string;
  readonly shortName?: string;
  readonly foreignName?: string;
  readonly headOffice: string;
  readonly foundedOn: string;
  readonly dissolvedOn?: string;
  readonly verified: boolean;
  readonly representatives: readonly string[];
}
