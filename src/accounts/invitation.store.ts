import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import type { Invitation } from './invitation.ts';

interface InvitationRow {
  readonly invitation_id: string;
  readonly account_id: SubjectId;
  readonly case_id: string;
  readonly change: Invitation['change'];
  readonly made_at: Date;
  readonly expires_at: Date;
}
const COLUMNS = 'invitation_id, account_id, case_id, change, made_at, expires_at';
const toInvitation = (row: InvitationRow): Invitation => ({
  invitationId: row.invitation_id,
  subject: row.account_id,
  caseId: row.case_id,
  change: row.change,
  madeAt: row.made_at,
  expiresAt: row.expires_at,
});

export async function insertInvitation(sql: Sql, invitation: Invitation, by: string): Promise<void> {
  await sql.query({
    name: 'insert-invitation',
    text: `INSERT INTO account_invitation (account_id, invitation_id, case_id, change, made_at, made_by, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      invitation.subject,
      invitation.invitationId,
      invitation.caseId,
      invitation.change,
      invitation.madeAt,
      by,
      invitation.expiresAt,
    ],
  });
}

/** The one invitation of an account that was neither used nor renewed, lapsed or not. */
export async function selectOpenInvitation(sql: Sql, subject: SubjectId): Promise<Invitation | undefined> {
  const { rows } = await sql.query<InvitationRow>({
    name: 'select-open-invitation',
    text: `SELECT ${COLUMNS} FROM account_invitation WHERE account_id = $1 AND used_at IS NULL AND ended_at IS NULL`,
    values: [subject],
  });
  return rows[0] && toInvitation(rows[0]);
}

export async function updateInvitationUsed(sql: Sql, { subject, invitationId }: Invitation, at: Date): Promise<void> {
  await sql.query('UPDATE account_invitation SET used_at = $3 WHERE account_id = $1 AND invitation_id = $2', [
    subject,
    invitationId,
    at,
  ]);
}

export async function updateInvitationEnded(sql: Sql, { subject, invitationId }: Invitation, at: Date): Promise<void> {
  await sql.query('UPDATE account_invitation SET ended_at = $3 WHERE account_id = $1 AND invitation_id = $2', [
    subject,
    invitationId,
    at,
  ]);
}

/** The account's open invitation, while its holder was not told of it. */
export async function selectUntoldInvitation(sql: Sql, subject: SubjectId): Promise<Invitation | undefined> {
  const { rows } = await sql.query<InvitationRow>({
    name: 'select-untold-invitation',
    text: `SELECT ${COLUMNS} FROM account_invitation
           WHERE account_id = $1 AND told_at IS NULL AND used_at IS NULL AND ended_at IS NULL`,
    values: [subject],
  });
  return rows[0] && toInvitation(rows[0]);
}

export async function updateInvitationTold(
  sql: Sql,
  { subject, invitationId }: Invitation,
  at: Date,
  expiresAt: Date,
): Promise<void> {
  await sql.query({
    name: 'update-invitation-told',
    text: `UPDATE account_invitation SET told_at = $3, expires_at = $4
           WHERE account_id = $1 AND invitation_id = $2 AND used_at IS NULL AND ended_at IS NULL`,
    values: [subject, invitationId, at, expiresAt],
  });
}
