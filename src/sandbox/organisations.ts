import { readFileSync } from 'node:fs';

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

/** One that stands ready in the sandbox; `account`: what it has from the start. */
export type TestOrganisation = RegisteredOrganisation & { readonly account?: 'active' };

export const TEST_ORGANISATIONS = JSON.parse(
  readFileSync(new URL('data/test-organisations.json', import.meta.url), 'utf8'),
) as readonly TestOrganisation[];
