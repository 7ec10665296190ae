import type { SubjectId } from '../kernel/ids.ts';
import type { NationalId } from '../registry/national-id.ts';
import type { PhoneNumber } from '../registry/phone-number.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { numberHashes, phoneHashes } from './account-identifier.ts';
import { selectFacts, selectFactsByNumber, selectFactsByPhone } from './account.store.ts';
import type { AccountFacts } from './account.ts';

export interface FindAccountDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
}

/** The account that the number, in force today, belongs to. One statement. */
export const findAccountByNationalId = (
  deps: FindAccountDeps,
  nationalId: NationalId,
): Promise<AccountFacts | undefined> =>
  selectFactsByNumber(deps.db, deps.keyring, numberHashes(deps.keyring, nationalId.reveal()));

/** The account that the phone serves. One statement. */
export const findAccountByPhone = (deps: FindAccountDeps, phone: PhoneNumber): Promise<AccountFacts | undefined> =>
  selectFactsByPhone(deps.db, deps.keyring, phoneHashes(deps.keyring, phone.reveal()));

/** The account by its subject id. One statement. */
export const findAccount = (deps: FindAccountDeps, subject: SubjectId): Promise<AccountFacts | undefined> =>
  selectFacts(deps.db, deps.keyring, subject);
