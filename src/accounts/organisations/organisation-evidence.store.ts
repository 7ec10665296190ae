import type { SubjectId } from '../../kernel/ids.ts';
import { randomId } from '../../kernel/random.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { sealField } from '../../storage/sealed-field.ts';
import type { OrganisationGrant } from './organisation-grant.ts';

/** What the account rests on, kept with it: the register's record on the day, and what the officers did with it. */
export async function insertOrganisationEvidence(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  subject: SubjectId,
  grant: OrganisationGrant,
  at: Date,
): Promise<void> {
  const evidenceId = randomId();
  const { representatives, ...organisation } = grant.organisation;
  const detail = { organisation, representatives: representatives.length, comparison: grant.comparison };
  await sql.query(
    `INSERT INTO account_evidence
       (account_id, evidence_id, kind, case_id, office_id, recorded_by, approved_by, recorded_at, detail)
     VALUES ($1, $2, 'organisation_application', $3, $4, $5, $6, $7, $8)`,
    [
      subject,
      evidenceId,
      grant.applicationId,
      grant.officeId,
      grant.recordedBy,
      grant.approvedBy,
      at,
      sealField(keyring, JSON.stringify(detail), `evidence:${subject}:${evidenceId}`),
    ],
  );
}
