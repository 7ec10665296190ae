import type { SubjectId } from '../../kernel/ids.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { keyedHash, keyedHashes, type KeyedHash } from '../../storage/keyed-hash.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { AccountState } from '../account-lifecycle.policy.ts';
import type { LockGround } from '../lock-ground.policy.ts';
import { openOrganisation, sealOrganisation, type OrganisationRecord } from './organisation-record.ts';

/** By tax number: hashed apart from the numbers of persons, in the same table, so that one number serves one account. */
export const taxHash = (keyring: Pick<Keyring, 'hashing'>, taxNumber: string): KeyedHash =>
  keyedHash(keyring, 'tax-number', taxNumber);
export const taxHashes = (keyring: Pick<Keyring, 'hashing'>, taxNumber: string): KeyedHash[] =>
  keyedHashes(keyring, 'tax-number', taxNumber);

/** An organisation's account. */
export interface OrganisationFacts {
  readonly subject: SubjectId;
  readonly state: AccountState;
  readonly grounds: readonly LockGround[];
  readonly record: Sealed<OrganisationRecord>;
}
interface Row {
  readonly account_id: SubjectId;
  readonly state: AccountState;
  readonly grounds: readonly LockGround[];
  readonly personal: Buffer;
}
const COLUMNS = 'f.account_id, f.state, f.grounds::text[] AS grounds, f.personal';
const toFacts = (keyring: Pick<Keyring, 'sealing'>, row: Row): OrganisationFacts => ({
  subject: row.account_id,
  state: row.state,
  grounds: row.grounds,
  record: openOrganisation(keyring, row.account_id, row.personal),
});

const columnsOf = (hashes: readonly KeyedHash[]) => [hashes.map((h) => h.version), hashes.map((h) => h.hash)];

export async function selectOrganisationByTaxNumber(
  sql: Sql,
  keyring: Keyring,
  taxNumber: string,
): Promise<OrganisationFacts | undefined> {
  const { rows } = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM account_identifier i JOIN account_facts f USING (account_id)
     WHERE i.valid_to IS NULL AND f.kind = 'organisation'
       AND (i.key_version, i.hash) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`,
    columnsOf(taxHashes(keyring, taxNumber)),
  );
  return rows[0] && toFacts(keyring, rows[0]);
}

/** The organisation by its subject; undefined for a person's. */
export async function selectOrganisation(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  subject: SubjectId,
): Promise<OrganisationFacts | undefined> {
  const { rows } = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM account_facts f WHERE f.account_id = $1 AND f.kind = 'organisation'`,
    [subject],
  );
  return rows[0] && toFacts(keyring, rows[0]);
}

/** The organisations with an account, of any state, that the person represents now. */
export async function selectOrganisationsOf(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  representative: SubjectId,
): Promise<OrganisationFacts[]> {
  const { rows } = await sql.query<Row>({
    name: 'select-organisations-of',
    text: `SELECT ${COLUMNS} FROM organisation_representative r JOIN account_facts f USING (account_id)
           WHERE r.representative_id = $1 AND r.ended_at IS NULL ORDER BY r.since, f.account_id`,
    values: [representative],
  });
  return rows.map((row) => toFacts(keyring, row));
}

export async function updateOrganisationRecord(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  subject: SubjectId,
  record: OrganisationRecord,
): Promise<void> {
  await sql.query('UPDATE account SET personal = $2 WHERE account_id = $1', [
    subject,
    sealOrganisation(keyring, subject, record),
  ]);
}
