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

interface Change {
  readonly actor: string;
  readonly at: Date;
}

/** Writes the day, in place of what stood there. */
export async function upsertHoliday(sql: Sql, holiday: Holiday, { actor, at }: Change): Promise<void> {
  await sql.query({
    name: 'upsert-holiday',
    text: `INSERT INTO holiday (day, kind, name_vi, name_en, source, changed_by, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name_vi = excluded.name_vi, name_en = excluded.name_en,
             source = excluded.source, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    values: [holiday.day, holiday.kind, holiday.name.vi, holiday.name.en, holiday.source, actor, at],
  });
}

/** False when the calendar says nothing of that day. */
export async function deleteHoliday(sql: Sql, day: string): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'delete-holiday',
    text: 'DELETE FROM holiday WHERE day = $1::date',
    values: [day],
  });
  return rowCount === 1;
}
