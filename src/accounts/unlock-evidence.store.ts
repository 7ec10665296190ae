import type { SubjectId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { sealField } from '../storage/sealed-field.ts';

export async function insertUnlockEvidence(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  subject: SubjectId,
  evidence: {
    readonly evidenceId: string;
    readonly officerId: string;
    readonly officeId: string;
    readonly at: Date;
    readonly checks: Sealed<object>;
  },
): Promise<void> {
  const detail = JSON.stringify(evidence.checks.reveal());
  await sql.query({
    name: 'insert-unlock-evidence',
    text: `INSERT INTO account_evidence (account_id, evidence_id, kind, office_id, recorded_by, recorded_at, detail)
           VALUES ($1, $2, 'counter_unlock', $3, $4, $5, $6)`,
    values: [
      subject,
      evidence.evidenceId,
      evidence.officeId,
      evidence.officerId,
      evidence.at,
      sealField(keyring, detail, `evidence:${subject}:${evidence.evidenceId}`),
    ],
  });
}
