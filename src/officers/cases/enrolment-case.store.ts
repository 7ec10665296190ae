import { numberHash, numberHashes, phoneHash, phoneHashes } from '../../accounts/account-identifier.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { KeyedHash } from '../../storage/keyed-hash.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { openField, sealField } from '../../storage/sealed-field.ts';
import { parseDocumentNumber } from '../document-number.ts';
import type { OfficeId, OfficerId } from '../officer.ts';
import { phoneOfCase, type CaseDetail, type CaseId, type EnrolmentCase } from './enrolment-case.ts';

const contextOf = (caseId: string) => `case:${caseId}`;

export interface CaseRow {
  readonly case_id: CaseId;
  readonly case_number: string;
  readonly office_id: OfficeId;
  readonly change: EnrolmentCase['change'];
  readonly state: EnrolmentCase['state'];
  readonly account_id: SubjectId | null;
  readonly detail: Buffer;
  readonly submitted_by: OfficerId;
  readonly submitted_at: Date;
  readonly due_at: Date;
  readonly touched_by: OfficerId[];
  readonly decided_by: OfficerId | null;
  readonly decided_at: Date | null;
}
export const CASE_COLUMNS = `c.case_id, c.case_number, c.office_id, c.change, c.state, c.account_id, c.detail, c.submitted_by,
  c.submitted_at, c.due_at, c.touched_by, c.decided_by, c.decided_at`;

export const toCase = (keyring: Pick<Keyring, 'sealing'>, row: CaseRow): EnrolmentCase => ({
  caseId: row.case_id,
  caseNumber: Number(row.case_number),
  officeId: row.office_id,
  change: row.change,
  state: row.state,
  ...(row.account_id !== null && { subject: row.account_id }),
  detail: new Sealed(JSON.parse(openField(keyring, row.detail, contextOf(row.case_id))) as CaseDetail),
  submittedBy: row.submitted_by,
  submittedAt: row.submitted_at,
  dueAt: row.due_at,
  touchedBy: row.touched_by,
  ...(row.decided_by !== null && row.decided_at !== null && { decided: { by: row.decided_by, at: row.decided_at } }),
});

/** The number it got; `case_open` when an open case has this number or phone (the unique indexes decide). */
export async function insertCase(
  sql: Sql,
  keyring: Keyring,
  one: Omit<EnrolmentCase, 'caseNumber' | 'state' | 'decided'>,
): Promise<number | 'case_open'> {
  const { personal, guardian, checks } = one.detail.reveal();
  const number = numberHash(keyring, personal.nationalId);
  const phone = phoneHash(keyring, phoneOfCase(one.detail.reveal()));
  const { rows } = await sql.query<{ case_number: string }>({
    name: 'insert-case',
    text: `INSERT INTO enrolment_case (case_id, office_id, change, state, account_id, detail, number_version, number_hash,
             phone_version, phone_hash, submitted_by, submitted_at, due_at, touched_by, form_number,
             guardian_account_id)
           VALUES ($1, $2, $3, 'submitted', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
           ON CONFLICT DO NOTHING RETURNING case_number`,
    values: [
      one.caseId,
      one.officeId,
      one.change,
      one.subject ?? null,
      sealDetail(keyring, one.caseId, one.detail),
      number.version,
      number.hash,
      phone.version,
      phone.hash,
      one.submittedBy,
      one.submittedAt,
      one.dueAt,
      one.touchedBy,
      parseDocumentNumber(checks.formNumber) ?? null,
      guardian?.subject ?? null,
    ],
  });
  return rows[0] ? Number(rows[0].case_number) : 'case_open';
}

const sealDetail = (keyring: Keyring, caseId: CaseId, detail: Sealed<CaseDetail>): Buffer =>
  sealField(keyring, JSON.stringify(detail.reveal()), contextOf(caseId));

/** `lock`: for the change that follows in the same transaction. */
export async function selectCase(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  caseId: CaseId,
  { lock = false } = {},
): Promise<EnrolmentCase | undefined> {
  const { rows } = await sql.query<CaseRow>({
    name: lock ? 'lock-case' : 'select-case',
    text: `SELECT ${CASE_COLUMNS} FROM enrolment_case c WHERE c.case_id = $1${lock ? ' FOR UPDATE' : ''}`,
    values: [caseId],
  });
  return rows[0] && toCase(keyring, rows[0]);
}

export async function selectCaseByNumber(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  caseNumber: number,
): Promise<EnrolmentCase | undefined> {
  const { rows } = await sql.query<CaseRow>({
    name: 'select-case-by-number',
    text: `SELECT ${CASE_COLUMNS} FROM enrolment_case c WHERE c.case_number = $1`,
    values: [caseNumber],
  });
  return rows[0] && toCase(keyring, rows[0]);
}

const columnsOf = (hashes: readonly KeyedHash[]) => [hashes.map((h) => h.version), hashes.map((h) => h.hash)];

/** Whether a case other than `except` waits for a decision with this number, or this phone. */
export async function hasOpenCase(
  sql: Sql,
  keyring: Keyring,
  of: { readonly nationalId: string; readonly phone: string | undefined; readonly except: CaseId | undefined },
): Promise<boolean> {
  const phones = of.phone === undefined ? [] : phoneHashes(keyring, of.phone);
  const { rowCount } = await sql.query({
    name: 'has-open-case',
    text: `SELECT 1 FROM enrolment_case WHERE state = 'submitted' AND case_id IS DISTINCT FROM $5
             AND ((number_version, number_hash) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))
               OR (phone_version, phone_hash) IN (SELECT * FROM unnest($3::smallint[], $4::bytea[]))) LIMIT 1`,
    values: [...columnsOf(numberHashes(keyring, of.nationalId)), ...columnsOf(phones), of.except ?? null],
  });
  return rowCount === 1;
}

export async function updateCaseDecided(
  sql: Sql,
  keyring: Keyring,
  one: EnrolmentCase,
  decision: {
    readonly state: 'granted' | 'refused';
    readonly subject?: SubjectId;
    readonly detail: Sealed<CaseDetail>;
    readonly by: OfficerId;
    readonly at: Date;
  },
): Promise<void> {
  await sql.query({
    name: 'update-case-decided',
    text: `UPDATE enrolment_case SET state = $2, account_id = coalesce($3, account_id), detail = $4, decided_by = $5,
             decided_at = $6 WHERE case_id = $1`,
    values: [
      one.caseId,
      decision.state,
      decision.subject ?? null,
      sealDetail(keyring, one.caseId, decision.detail),
      decision.by,
      decision.at,
    ],
  });
}
