import type { SubjectId } from '../../kernel/ids.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { selectApplication, selectApplications, selectGrantedByNumber } from './application.store.ts';
import type { ApplicationId, ApplicationNumber, ApplicationState, OrganisationApplication } from './application.ts';

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

/** The granted application of this number, as it is told on the telephone, and the account it led to. */
export const findGrantedByNumber = (
  deps: { readonly db: Sql },
  { application }: ApplicationNumber,
): Promise<{ readonly applicationId: ApplicationId; readonly subject: SubjectId } | undefined> =>
  selectGrantedByNumber(deps.db, application);
