import type { Sql } from '../../storage/postgres.ts';
import type { Holiday } from './holiday.ts';

interface HolidayRow {
  readonly day: string;
  readonly kind: Holiday['kind'];
  readonly name_vi: string;
  readonly name_en: string;
  readonly source: string;
}

/** Those from `day` (ISO 8601) on, earliest first. */
export async function selectHolidaysFrom(sql: Sql, day: string): Promise<Holiday[]> {
  const { rows } = await sql.query<HolidayRow>({
    name: 'select-holidays',
    text: 'SELECT day, kind, name_vi, name_en, source FROM holiday WHERE day >= $1::date ORDER BY day',
    values: [day],
  });
  return rows.map((row) => ({
    day: row.day,
    kind: row.kind,
    name: { vi: row.name_vi, en: row.name_en },
    source: row.source,
  }));
}
