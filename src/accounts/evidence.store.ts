import type { SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { openField, sealField } from '../storage/sealed-field.ts';
import type { CounterChecks, Evidence, GuardianRequest } from './evidence.ts';

type Keys = Pick<Keyring, 'sealing'>;
const contextOf = (subject: string, evidenceId: string) => `evidence:${subject}:${evidenceId}`;

export async function insertEvidence(sql: Sql, keyring: Keys, subject: SubjectId, evidence: Evidence): Promise<void> {
  const detail = JSON.stringify(evidence.checks.reveal());
  await sql.query({
    name: 'insert-evidence',
    text: `INSERT INTO account_evidence
             (account_id, evidence_id, kind, case_id, office_id, recorded_by, approved_by, recorded_at, detail)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      subject,
      evidence.evidenceId,
      evidence.kind,
      evidence.caseId,
      evidence.officeId,
      evidence.recordedBy,
      evidence.approvedBy,
      evidence.recordedAt,
      sealField(keyring, detail, contextOf(subject, evidence.evidenceId)),
    ],
  });
}

export async function insertGuardianRequest(
  sql: Sql,
  keyring: Keys,
  subject: SubjectId,
  { evidenceId, requestId, recordedAt, ...detail }: GuardianRequest,
): Promise<void> {
  await sql.query({
    name: 'insert-guardian-request',
    text: `INSERT INTO account_evidence (account_id, evidence_id, kind, case_id, recorded_at, detail)
           VALUES ($1, $2, 'guardian_request', $3, $4, $5)`,
    values: [
      subject,
      evidenceId,
      requestId,
      recordedAt,
      sealField(keyring, JSON.stringify(detail), contextOf(subject, evidenceId)),
    ],
  });
}

interface EvidenceRow {
  readonly evidence_id: string;
  readonly case_id: string;
  readonly office_id: string;
  readonly recorded_by: string;
  readonly approved_by: string;
  readonly recorded_at: Date;
  readonly detail: Buffer;
}

/** What counters recorded, oldest first; of one case alone when it is named. */
export async function selectCounterEvidence(
  sql: Sql,
  keyring: Keys,
  subject: SubjectId,
  caseId?: string,
): Promise<Evidence[]> {
  const { rows } = await sql.query<EvidenceRow>({
    name: 'select-counter-evidence',
    text: `SELECT evidence_id, case_id, office_id, recorded_by, approved_by, recorded_at, detail FROM account_evidence
           WHERE account_id = $1 AND kind = 'counter_enrolment' AND ($2::uuid IS NULL OR case_id = $2)
           ORDER BY recorded_at, evidence_id`,
    values: [subject, caseId ?? null],
  });
  return rows.map((row) => ({
    kind: 'counter_enrolment',
    evidenceId: row.evidence_id,
    caseId: row.case_id,
    officeId: row.office_id,
    recordedBy: row.recorded_by,
    approvedBy: row.approved_by,
    recordedAt: row.recorded_at,
    checks: new Sealed(
      JSON.parse(openField(keyring, row.detail, contextOf(subject, row.evidence_id))) as CounterChecks,
    ),
  }));
}
