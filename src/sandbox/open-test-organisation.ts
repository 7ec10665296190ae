import { openOrganisationAccount } from '../accounts/organisations/open-organisation.ts';
import { parseNationalId } from '../registry/national-id.ts';
import type { Organisation } from '../registry/organisation.ts';
import { parseTaxNumber } from '../registry/tax-number.ts';
import { inTransaction } from '../storage/postgres.ts';
import type { TestAccountDeps } from './open-test-account.ts';
import type { RegisteredOrganisation } from './nation/registered-organisation.ts';

/** Gives an organisation of the table its active account, once: whatever a tester did to it since stays. */
export async function openTestOrganisation(
  deps: Pick<TestAccountDeps, 'db' | 'keyring' | 'clock'>,
  registered: RegisteredOrganisation,
): Promise<void> {
  const organisation = organisationOf(registered);
  const stage = { state: 'active', level: undefined } as const;
  await inTransaction(deps.db, (sql) =>
    openOrganisationAccount(deps, sql, { organisation, stage, actor: 'sandbox' }, deps.clock.now()),
  );
}

/** A made-up organisation as the product reads it from the register. */
export function organisationOf({ dissolvedOn, ...registered }: RegisteredOrganisation): Organisation {
  const taxNumber = parseTaxNumber(registered.taxNumber);
  if (!taxNumber) throw new Error('a made-up organisation has no tax number');
  const { name, shortName, foreignName, headOffice, foundedOn, verified } = registered;
  return {
    taxNumber,
    name,
    ...(shortName !== undefined && { shortName }),
    ...(foreignName !== undefined && { foreignName }),
    headOffice,
    foundedOn,
    state: dissolvedOn === undefined ? 'active' : 'dissolved',
    verified,
    representatives: registered.representatives.flatMap((number) => parseNationalId(number) ?? []),
  };
}
