import type { SubjectId } from '../../kernel/ids.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { KeyedHash } from '../../storage/keyed-hash.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { openField, sealField } from '../../storage/sealed-field.ts';
import type { ApplicationDetail, ApplicationId, ApplicationState, OrganisationApplication } from './application.ts';

type Keys = Pick<Keyring, 'sealing'>;
const contextOf = (id: ApplicationId) => `organisation-application:${id}`;

interface Row {
  readonly application_id: ApplicationId;
  readonly number: string;
  readonly state: ApplicationState;
  readonly applicant_id: SubjectId;
  readonly detail: Buffer;
  readonly made_at: Date;
  readonly submitted_at: Date | null;
  readonly office_id: string | null;
  readonly received_by: string | null;
  readonly received_at: Date | null;
  readonly touched_by: readonly string[];
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}
const COLUMNS = `a.application_id, a.number, a.state, a.applicant_id, a.detail, a.made_at, a.submitted_at, a.office_id,
  a.received_by, a.received_at, a.touched_by, a.decided_by, a.decided_at`;

const toApplication = (keyring: Keys, row: Row): OrganisationApplication => ({
  applicationId: row.application_id,
  number: Number(row.number),
  state: row.state,
  applicant: row.applicant_id,
  detail: new Sealed(JSON.parse(openField(keyring, row.detail, contextOf(row.application_id))) as ApplicationDetail),
  madeAt: row.made_at,
  ...(row.submitted_at && { submittedAt: row.submitted_at }),
  ...(row.received_by !== null &&
    row.received_at !== null &&
    row.office_id !== null && { received: { by: row.received_by, at: row.received_at, officeId: row.office_id } }),
  touchedBy: row.touched_by,
  ...(row.decided_by !== null && row.decided_at !== null && { decided: { by: row.decided_by, at: row.decided_at } }),
});

const sealDetail = (keyring: Keys, id: ApplicationId, detail: Sealed<ApplicationDetail>): Buffer =>
  sealField(keyring, JSON.stringify(detail.reveal()), contextOf(id));

/** False when an open application has this tax number (the unique index decides). */
export async function insertApplication(
  sql: Sql,
  keyring: Keys,
  one: { applicationId: ApplicationId; applicant: SubjectId; detail: Sealed<ApplicationDetail>; madeAt: Date },
  tax: KeyedHash,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO organisation_application (application_id, state, tax_version, tax_hash, applicant_id, detail, made_at)
     VALUES ($1, 'awaiting_consent', $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [
      one.applicationId,
      tax.version,
      tax.hash,
      one.applicant,
      sealDetail(keyring, one.applicationId, one.detail),
      one.madeAt,
    ],
  );
  return rowCount === 1;
}

/** `lock`: for the change that follows in the same transaction. */
export async function selectApplication(
  sql: Sql,
  keyring: Keys,
  id: ApplicationId,
  { lock = false } = {},
): Promise<OrganisationApplication | undefined> {
  const { rows } = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM organisation_application a WHERE a.application_id = $1${lock ? ' FOR UPDATE' : ''}`,
    [id],
  );
  return rows[0] && toApplication(keyring, rows[0]);
}

/** The granted application of this number, and the account it led to. */
export async function selectGrantedByNumber(
  sql: Sql,
  number: number,
): Promise<{ readonly applicationId: ApplicationId; readonly subject: SubjectId } | undefined> {
  const { rows } = await sql.query<{ applicationId: ApplicationId; subject: SubjectId }>(
    `SELECT application_id AS "applicationId", account_id AS subject FROM organisation_application
     WHERE number = $1 AND account_id IS NOT NULL`,
    [number],
  );
  return rows[0];
}

/** What the person applied for, or is or was asked about, newest first. */
export async function selectApplicationsOf(
  sql: Sql,
  keyring: Keys,
  subject: SubjectId,
  hashes: readonly KeyedHash[],
  limit: number,
): Promise<OrganisationApplication[]> {
  const { rows } = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM organisation_application a
     WHERE a.applicant_id = $1 OR a.application_id IN (
       SELECT c.application_id FROM organisation_consent c
       WHERE (c.number_version, c.number_hash) IN (SELECT * FROM unnest($2::smallint[], $3::bytea[])))
     ORDER BY a.made_at DESC, a.application_id LIMIT $4`,
    [subject, hashes.map((h) => h.version), hashes.map((h) => h.hash), limit],
  );
  return rows.map((row) => toApplication(keyring, row));
}

/** By state: the oldest first that wait, the newest first that are done. */
export async function selectApplications(
  sql: Sql,
  keyring: Keys,
  states: readonly ApplicationState[],
  { limit, newest }: { readonly limit: number; readonly newest: boolean },
): Promise<OrganisationApplication[]> {
  const { rows } = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM organisation_application a WHERE a.state = ANY ($1)
     ORDER BY ${newest ? 'a.decided_at DESC' : 'a.submitted_at'}, a.number LIMIT $2`,
    [states, limit],
  );
  return rows.map((row) => toApplication(keyring, row));
}

/** From here on it waits for the officers. */
export async function updateSubmitted(sql: Sql, id: ApplicationId, at: Date): Promise<void> {
  await sql.query(
    `UPDATE organisation_application SET state = 'submitted', submitted_at = $2 WHERE application_id = $1`,
    [id, at],
  );
}

export async function updateWithdrawn(sql: Sql, id: ApplicationId): Promise<void> {
  await sql.query(`UPDATE organisation_application SET state = 'withdrawn' WHERE application_id = $1`, [id]);
}

export async function updateReceived(
  sql: Sql,
  keyring: Keys,
  one: OrganisationApplication,
  received: { by: string; officeId: string; at: Date; dueAt: Date; detail: Sealed<ApplicationDetail> },
): Promise<void> {
  await sql.query(
    `UPDATE organisation_application SET state = 'received', received_by = $2, office_id = $3, received_at = $4, due_at = $5,
       detail = $6, touched_by = array_append(touched_by, $2) WHERE application_id = $1`,
    [
      one.applicationId,
      received.by,
      received.officeId,
      received.at,
      received.dueAt,
      sealDetail(keyring, one.applicationId, received.detail),
    ],
  );
}

export async function updateDecided(
  sql: Sql,
  keyring: Keys,
  one: OrganisationApplication,
  decided: {
    state: 'granted' | 'refused';
    by: string;
    at: Date;
    detail: Sealed<ApplicationDetail>;
    subject?: SubjectId;
  },
): Promise<void> {
  await sql.query(
    `UPDATE organisation_application SET state = $2, decided_by = $3, decided_at = $4, detail = $5, account_id = $6
     WHERE application_id = $1`,
    [
      one.applicationId,
      decided.state,
      decided.by,
      decided.at,
      sealDetail(keyring, one.applicationId, decided.detail),
      decided.subject ?? null,
    ],
  );
}
