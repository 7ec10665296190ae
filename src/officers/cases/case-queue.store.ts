import type { Said } from '../../http/locale.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { OfficeId } from '../officer.ts';
import { CASE_COLUMNS, toCase, type CaseRow } from './enrolment-case.store.ts';
import type { EnrolmentCase } from './enrolment-case.ts';

export interface QueueFilter {
  readonly state: EnrolmentCase['state'];
  /** Undefined means every office. */
  readonly offices: readonly OfficeId[] | undefined;
  readonly limit: number;
}

export interface QueuedCase {
  readonly one: EnrolmentCase;
  readonly office: Said;
}

/** Open ones by due time, so that what is overdue stands first; decided ones newest first. */
export async function selectQueue(
  sql: Sql,
  keyring: Pick<Keyring, 'sealing'>,
  { state, offices, limit }: QueueFilter,
): Promise<QueuedCase[]> {
  const order = state === 'submitted' ? 'c.due_at, c.case_number' : 'c.decided_at DESC, c.case_number DESC';
  const { rows } = await sql.query<CaseRow & { name_vi: string; name_en: string }>({
    name: state === 'submitted' ? 'select-case-queue' : 'select-decided-cases',
    text: `SELECT ${CASE_COLUMNS}, o.name_vi, o.name_en FROM enrolment_case c JOIN office o USING (office_id)
           WHERE c.state = $1 AND ($2::text[] IS NULL OR c.office_id = ANY ($2)) ORDER BY ${order} LIMIT $3`,
    values: [state, offices ?? null, limit],
  });
  return rows.map((row) => ({ one: toCase(keyring, row), office: { vi: row.name_vi, en: row.name_en } }));
}

export interface OfficeCount {
  readonly officeId: OfficeId;
  readonly name: Said;
  readonly open: number;
  readonly overdue: number;
}

/** Open cases of each office that has any, the most overdue first. */
export async function countOpenCases(
  sql: Sql,
  offices: readonly OfficeId[] | undefined,
  now: Date,
): Promise<OfficeCount[]> {
  const { rows } = await sql.query<{
    office_id: OfficeId;
    name_vi: string;
    name_en: string;
    open: number;
    overdue: number;
  }>({
    name: 'count-open-cases',
    text: `SELECT c.office_id, o.name_vi, o.name_en, count(*)::int AS open,
             (count(*) FILTER (WHERE c.due_at < $2))::int AS overdue
           FROM enrolment_case c JOIN office o USING (office_id)
           WHERE c.state = 'submitted' AND ($1::text[] IS NULL OR c.office_id = ANY ($1))
           GROUP BY c.office_id, o.name_vi, o.name_en ORDER BY overdue DESC, open DESC, c.office_id`,
    values: [offices ?? null, now],
  });
  return rows.map((row) => ({
    officeId: row.office_id,
    name: { vi: row.name_vi, en: row.name_en },
    open: row.open,
    overdue: row.overdue,
  }));
}
