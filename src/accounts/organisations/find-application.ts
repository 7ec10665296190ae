import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { selectApplication, selectApplications } from './application.store.ts';
import type { ApplicationId, ApplicationState, OrganisationApplication } from './application.ts';

interface FindDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
}

/** The application, whatever its state. */
export const findApplication = (deps: FindDeps, id: ApplicationId): Promise<OrganisationApplication | undefined> =>
  selectApplication(deps.db, deps.keyring, id);

/** Those in these states; the oldest first that wait, the newest first that are done. */
export const listApplications = (
  deps: FindDeps,
  states: readonly ApplicationState[],
  page: { readonly limit: number; readonly newest: boolean },
): Promise<OrganisationApplication[]> => selectApplications(deps.db, deps.keyring, states, page);
