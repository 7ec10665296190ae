import type { SubjectId } from '../../kernel/ids.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { openField, sealField } from '../../storage/sealed-field.ts';
import type { OfficeId, OfficerId } from '../officer.ts';
import type { Asks, AuthorityRequest, RequestDecision, RequestDetail, RequestId } from './authority-request.ts';

type Keys = Pick<Keyring, 'sealing'>;

interface Row {
  readonly account_id: SubjectId;
  readonly request_id: RequestId;
  readonly asks: Asks;
  readonly lifts: RequestId | null;
  readonly document: string;
  readonly detail: Buffer;
  readonly arrived_on: string;
  readonly received_at: Date;
  readonly received_by: OfficerId;
  readonly office_id: OfficeId;
  readonly due_at: Date;
  readonly decision: RequestDecision | null;
  readonly decided_at: Date | null;
  readonly decided_by: OfficerId | null;
}
const COLUMNS = `account_id, request_id, asks, lifts, document, detail, arrived_on, received_at, received_by, office_id, due_at,
  decision, decided_at, decided_by`;
const contextOf = (requestId: RequestId) => `authority-request:${requestId}`;

const toRequest = (keyring: Keys, row: Row): AuthorityRequest => ({
  requestId: row.request_id,
  subject: row.account_id,
  asks: row.asks,
  ...(row.lifts !== null && { lifts: row.lifts }),
  document: row.document,
  detail: new Sealed(JSON.parse(openField(keyring, row.detail, contextOf(row.request_id))) as RequestDetail),
  arrivedOn: row.arrived_on,
  receivedAt: row.received_at,
  receivedBy: row.received_by,
  officeId: row.office_id,
  dueAt: row.due_at,
  ...(row.decision !== null &&
    row.decided_at !== null &&
    row.decided_by !== null && { decided: { as: row.decision, at: row.decided_at, by: row.decided_by } }),
});

export async function insertRequest(sql: Sql, keyring: Keys, one: Omit<AuthorityRequest, 'decided'>): Promise<void> {
  const detail = sealField(keyring, JSON.stringify(one.detail.reveal()), contextOf(one.requestId));
  await sql.query({
    name: 'insert-authority-request',
    text: `INSERT INTO authority_request
             (account_id, request_id, asks, document, detail, arrived_on, received_at, received_by, office_id, due_at, lifts)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      one.subject,
      one.requestId,
      one.asks,
      one.document,
      detail,
      one.arrivedOn,
      one.receivedAt,
      one.receivedBy,
      one.officeId,
      one.dueAt,
      one.lifts ?? null,
    ],
  });
}

export async function selectRequest(
  sql: Sql,
  keyring: Keys,
  requestId: RequestId,
  { lock = false } = {},
): Promise<AuthorityRequest | undefined> {
  const { rows } = await sql.query<Row>({
    name: lock ? 'lock-authority-request' : 'select-authority-request',
    text: `SELECT ${COLUMNS} FROM authority_request WHERE request_id = $1${lock ? ' FOR UPDATE' : ''}`,
    values: [requestId],
  });
  return rows[0] && toRequest(keyring, rows[0]);
}

/** The requests by which this account is locked now, oldest first. */
export async function selectRequestsInForce(sql: Sql, keyring: Keys, subject: SubjectId): Promise<AuthorityRequest[]> {
  const { rows } = await sql.query<Row>({
    name: 'select-authority-requests-in-force',
    text: `SELECT ${COLUMNS} FROM authority_request r
           WHERE account_id = $1 AND EXISTS (
             SELECT 1 FROM account_lock l
             WHERE l.account_id = $1 AND l.ground = 'authority_request' AND l.entry = r.request_id::text AND l.ended_at IS NULL)
           ORDER BY decided_at`,
    values: [subject],
  });
  return rows.map((row) => toRequest(keyring, row));
}

/** Those that wait, the most urgent first, and then the last that were decided; at most `limit`. */
export async function selectRequests(sql: Sql, keyring: Keys, limit: number): Promise<AuthorityRequest[]> {
  const { rows } = await sql.query<Row>({
    name: 'select-authority-requests',
    text: `SELECT ${COLUMNS} FROM authority_request
           ORDER BY decision IS NOT NULL, CASE WHEN decision IS NULL THEN due_at END, decided_at DESC LIMIT $1`,
    values: [limit],
  });
  return rows.map((row) => toRequest(keyring, row));
}

export async function updateRequestDecided(
  sql: Sql,
  keyring: Keys,
  one: AuthorityRequest,
  decided: {
    readonly as: RequestDecision;
    readonly at: Date;
    readonly by: OfficerId;
    readonly detail: Sealed<RequestDetail>;
  },
): Promise<void> {
  await sql.query({
    name: 'update-authority-request-decided',
    text: `UPDATE authority_request SET decision = $3, decided_at = $4, decided_by = $5, detail = $6
           WHERE account_id = $1 AND request_id = $2 AND decision IS NULL`,
    values: [
      one.subject,
      one.requestId,
      decided.as,
      decided.at,
      decided.by,
      sealField(keyring, JSON.stringify(decided.detail.reveal()), contextOf(one.requestId)),
    ],
  });
}
