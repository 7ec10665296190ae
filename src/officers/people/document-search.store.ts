import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';

/** Whose locks, authority's requests and applications rest on the form or letter of this number, at most `limit`. */
export async function selectSubjectsByDocument(sql: Sql, document: string, limit: number): Promise<SubjectId[]> {
  const { rows } = await sql.query<{ account_id: SubjectId }>({
    name: 'select-subjects-by-document',
    text: `SELECT account_id FROM account_lock WHERE document = $1 OR ended_document = $1
           UNION SELECT account_id FROM authority_request WHERE document = $1
           UNION SELECT account_id FROM enrolment_case WHERE form_number = $1 AND account_id IS NOT NULL
           LIMIT $2`,
    values: [document, limit],
  });
  return rows.map((row) => row.account_id);
}
