import type { SubjectId } from '../kernel/ids.ts';
import type { KeyedHash } from '../storage/keyed-hash.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { toAccountFacts, type AccountFactsRow } from './account-facts.ts';
import type { Stage } from './account-lifecycle.policy.ts';
import type { AccountFacts } from './account.ts';
import type { SubjectKind } from './subject-kind.ts';
import type { LockEntry, LockGround } from './lock-ground.policy.ts';
import type { OpenLock } from './open-lock.ts';

type Keys = Pick<Keyring, 'sealing'>;
const COLUMNS =
  'f.account_id, f.kind, f.state, f.level, f.personal, f.credentials_changed_at, f.grounds::text[] AS grounds, f.guardian';

const hashColumns = (hashes: readonly KeyedHash[]) => [hashes.map((h) => h.version), hashes.map((h) => h.hash)];

export async function selectFactsByNumber(
  sql: Sql,
  keys: Keys,
  hashes: readonly KeyedHash[],
): Promise<AccountFacts | undefined> {
  const { rows } = await sql.query<AccountFactsRow>({
    name: 'account-facts-by-number',
    text: `SELECT ${COLUMNS} FROM account_identifier i JOIN account_facts f USING (account_id)
           WHERE i.valid_to IS NULL AND (i.key_version, i.hash) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`,
    values: hashColumns(hashes),
  });
  return rows[0] && toAccountFacts(keys, rows[0]);
}

/** The account that has the number, or else the one that last had it. */
export async function selectFactsByNumberEver(
  sql: Sql,
  keys: Keys,
  hashes: readonly KeyedHash[],
): Promise<AccountFacts | undefined> {
  const { rows } = await sql.query<AccountFactsRow>(
    `SELECT ${COLUMNS} FROM account_identifier i JOIN account_facts f USING (account_id)
     WHERE (i.key_version, i.hash) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))
     ORDER BY i.valid_to DESC NULLS FIRST LIMIT 1`,
    hashColumns(hashes),
  );
  return rows[0] && toAccountFacts(keys, rows[0]);
}

export async function selectFactsByPhone(
  sql: Sql,
  keys: Keys,
  hashes: readonly KeyedHash[],
): Promise<AccountFacts | undefined> {
  const { rows } = await sql.query<AccountFactsRow>({
    name: 'account-facts-by-phone',
    text: `SELECT ${COLUMNS} FROM account_phone p JOIN account_facts f USING (account_id)
           WHERE p.valid_to IS NULL AND (p.key_version, p.hash) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`,
    values: hashColumns(hashes),
  });
  return rows[0] && toAccountFacts(keys, rows[0]);
}

export async function selectFacts(sql: Sql, keys: Keys, subject: SubjectId): Promise<AccountFacts | undefined> {
  const { rows } = await sql.query<AccountFactsRow>({
    name: 'account-facts',
    text: `SELECT ${COLUMNS} FROM account_facts f WHERE f.account_id = $1`,
    values: [subject],
  });
  return rows[0] && toAccountFacts(keys, rows[0]);
}

/** Holds the account's row until the transaction ends, so that two changes of one account queue up. */
export async function lockRow(sql: Sql, subject: SubjectId): Promise<void> {
  await sql.query('SELECT account_id FROM account WHERE account_id = $1 FOR UPDATE', [subject]);
}

export interface NewAccount {
  readonly subject: SubjectId;
  readonly kind: SubjectKind;
  readonly stage: Stage;
  readonly personal: Buffer;
  readonly number: KeyedHash;
  readonly phone: KeyedHash | undefined;
  readonly at: Date;
}

/**
 * `taken` when the number or the phone already serves an account: then nothing was written. The unique indexes decide,
 * so that of two registrations at once one is refused.
 */
export async function insertAccount(sql: Sql, account: NewAccount): Promise<'inserted' | 'taken'> {
  await sql.query('SAVEPOINT insert_account');
  await sql.query(
    `INSERT INTO account (account_id, kind, state, level, personal, credentials_changed_at, created_at, granted_at, activated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7)`,
    [
      account.subject,
      account.kind,
      account.stage.state,
      account.stage.level ?? null,
      account.personal,
      account.at,
      account.stage.state === 'active' ? account.at : null,
    ],
  );
  if ((await insertNumber(sql, account)) && (await insertPhone(sql, account))) return 'inserted';
  await sql.query('ROLLBACK TO SAVEPOINT insert_account');
  return 'taken';
}

async function insertNumber(sql: Sql, { subject, number, at }: NewAccount): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO account_identifier (account_id, key_version, hash, valid_from) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [subject, number.version, number.hash, at],
  );
  return rowCount === 1;
}

/** False when the phone serves an account already. */
export async function insertPhone(
  sql: Sql,
  { subject, phone, at }: Pick<NewAccount, 'subject' | 'phone' | 'at'>,
): Promise<boolean> {
  if (!phone) return true;
  const { rowCount } = await sql.query(
    `INSERT INTO account_phone (account_id, key_version, hash, valid_from) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [subject, phone.version, phone.hash, at],
  );
  return rowCount === 1;
}

export async function updateStage(sql: Sql, subject: SubjectId, stage: Stage): Promise<void> {
  await sql.query('UPDATE account SET state = $2, level = $3 WHERE account_id = $1', [
    subject,
    stage.state,
    stage.level ?? null,
  ]);
}

export async function updateCredentialsChangedAt(sql: Sql, subject: SubjectId, at: Date): Promise<void> {
  await sql.query('UPDATE account SET credentials_changed_at = $2 WHERE account_id = $1', [subject, at]);
}

/** When the holder first activated it. */
export async function updateActivatedAt(sql: Sql, subject: SubjectId, at: Date): Promise<void> {
  await sql.query('UPDATE account SET activated_at = $2 WHERE account_id = $1 AND activated_at IS NULL', [subject, at]);
}

/** One more open ground; nothing when it is open already (the unique index decides). */
export async function insertLock(
  sql: Sql,
  lock: LockEntry & { subject: SubjectId; at: Date; by: string; document?: string },
): Promise<void> {
  await sql.query(
    `INSERT INTO account_lock (account_id, ground, entry, placed_at, placed_by, document) VALUES ($1, $2, $3, $4, $5, $6)`,
    [lock.subject, lock.ground, lock.entry, lock.at, lock.by, lock.document ?? null],
  );
}

export async function updateLockEnded(
  sql: Sql,
  lock: LockEntry & { subject: SubjectId; at: Date; by: string; document?: string },
): Promise<void> {
  await sql.query(
    `UPDATE account_lock SET ended_at = $3, ended_by = $4, ended_document = $5
     WHERE account_id = $1 AND ground = $2 AND entry = $6 AND ended_at IS NULL`,
    [lock.subject, lock.ground, lock.at, lock.by, lock.document ?? null, lock.entry],
  );
}

/** The personal data as sealed by `sealPersonal`. */
export async function updatePersonal(sql: Sql, subject: SubjectId, personal: Buffer): Promise<void> {
  await sql.query('UPDATE account SET personal = $2 WHERE account_id = $1', [subject, personal]);
}

/** From `at` on the account answers to this number alone; those before stay as history. Throws when another account has it. */
export async function updateNumber(sql: Sql, subject: SubjectId, number: KeyedHash, at: Date): Promise<void> {
  await updateNumbersEnded(sql, subject, at);
  await sql.query(
    `INSERT INTO account_identifier (account_id, key_version, hash, valid_from) VALUES ($1, $2, $3, $4)
     ON CONFLICT (account_id, key_version, hash) DO UPDATE SET valid_from = excluded.valid_from, valid_to = NULL`,
    [subject, number.version, number.hash, at],
  );
}

/** From `at` on the account answers to no number. */
export async function updateNumbersEnded(sql: Sql, subject: SubjectId, at: Date): Promise<void> {
  await sql.query('UPDATE account_identifier SET valid_to = $2 WHERE account_id = $1 AND valid_to IS NULL', [
    subject,
    at,
  ]);
}

/** From `at` on the phone does not serve this account. */
export async function updatePhoneEnded(sql: Sql, subject: SubjectId, at: Date): Promise<void> {
  await sql.query('UPDATE account_phone SET valid_to = $2 WHERE account_id = $1 AND valid_to IS NULL', [subject, at]);
}

/** The grounds that are open now, oldest first. */
export async function selectOpenLocks(sql: Sql, subject: SubjectId): Promise<OpenLock[]> {
  const { rows } = await sql.query<{
    ground: LockGround;
    entry: string;
    placed_at: Date;
    placed_by: string;
    document: string | null;
  }>({
    name: 'select-open-locks',
    text: `SELECT ground, entry, placed_at, placed_by, document FROM account_lock
           WHERE account_id = $1 AND ended_at IS NULL ORDER BY placed_at, ground, entry`,
    values: [subject],
  });
  return rows.map((row) => ({
    ground: row.ground,
    entry: row.entry,
    placedAt: row.placed_at,
    placedBy: row.placed_by,
    ...(row.document !== null && { document: row.document }),
  }));
}

/** At most `limit` granted accounts that wait since before `before`; rows held. */
export async function selectWaitingSince(
  sql: Sql,
  before: Date,
  now: Date,
  limit: number,
): Promise<readonly SubjectId[]> {
  const { rows } = await sql.query<{ account_id: SubjectId }>(
    `SELECT account_id FROM account a WHERE state = 'granted' AND granted_at < $1
       AND NOT EXISTS (SELECT 1 FROM account_invitation i WHERE i.account_id = a.account_id
                       AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > $3)
     ORDER BY granted_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [before, limit, now],
  );
  return rows.map((row) => row.account_id);
}
