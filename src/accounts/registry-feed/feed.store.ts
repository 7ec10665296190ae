import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';

const FEED = 'population';

/** The place in the feed; undefined before the first change. */
export async function selectPosition(sql: Sql): Promise<string | undefined> {
  const { rows } = await sql.query<{ cursor: string | null }>('SELECT cursor FROM registry_feed WHERE feed = $1', [
    FEED,
  ]);
  return rows[0]?.cursor ?? undefined;
}

/**
 * Moves the place from `from` to `to` and holds it until the transaction ends. `moved`: the place was no longer `from`,
 * another instance is at work, and nothing was written. `known`: the change at `to` had its effect before.
 */
export async function updatePosition(
  sql: Sql,
  step: { readonly from: string | undefined; readonly to: string; readonly occurredAt: Date; readonly at: Date },
): Promise<'new' | 'known' | 'moved'> {
  const { rows } = await sql.query<{ moved: boolean; noted: boolean }>({
    name: 'move-registry-feed',
    text: `WITH moved AS (
             UPDATE registry_feed SET cursor = $3, seen_until = greatest(seen_until, $4::timestamptz)
             WHERE feed = $1 AND cursor IS NOT DISTINCT FROM $2 RETURNING 1),
           noted AS (
             INSERT INTO registry_change_applied (cursor, applied_at)
             SELECT $3, $5::timestamptz FROM moved ON CONFLICT DO NOTHING RETURNING 1)
           SELECT EXISTS (SELECT 1 FROM moved) AS moved, EXISTS (SELECT 1 FROM noted) AS noted`,
    values: [FEED, step.from ?? null, step.to, step.occurredAt, step.at],
  });
  if (rows[0]?.moved !== true) return 'moved';
  return rows[0].noted ? 'new' : 'known';
}

/** There was nothing left at `at`: everything before it is seen. */
export async function updateSeenUntil(sql: Sql, from: string | undefined, at: Date): Promise<void> {
  await sql.query(
    `UPDATE registry_feed SET seen_until = greatest(seen_until, $3::timestamptz)
     WHERE feed = $1 AND cursor IS NOT DISTINCT FROM $2`,
    [FEED, from ?? null, at],
  );
}

/** Until when everything that happened is seen; undefined before the first answer. */
export async function selectSeenUntil(sql: Sql): Promise<Date | undefined> {
  const { rows } = await sql.query<{ seen_until: Date | null }>(
    'SELECT seen_until FROM registry_feed WHERE feed = $1',
    [FEED],
  );
  return rows[0]?.seen_until ?? undefined;
}

/** Forgets which changes had their effect before `before`. */
export async function deleteAppliedBefore(sql: Sql, before: Date): Promise<void> {
  await sql.query('DELETE FROM registry_change_applied WHERE applied_at < $1', [before]);
}

/** When the account is compared with its record again (ISO day); undefined for never. */
export async function upsertCheck(sql: Sql, subject: SubjectId, checkOn: string | undefined): Promise<void> {
  await sql.query(
    `INSERT INTO account_registry_check (account_id, check_on) VALUES ($1, $2)
     ON CONFLICT (account_id) DO UPDATE SET check_on = excluded.check_on`,
    [subject, checkOn ?? null],
  );
}

/** At most `limit` persons' accounts whose comparison is due on `today`, after `after` in the order of their ids. */
export async function selectDueChecks(
  sql: Sql,
  today: string,
  after: SubjectId | undefined,
  limit: number,
): Promise<readonly SubjectId[]> {
  const { rows } = await sql.query<{ account_id: SubjectId }>(
    `SELECT a.account_id FROM account a LEFT JOIN account_registry_check c USING (account_id)
     WHERE a.kind IN ('citizen', 'foreigner') AND a.state IN ('granted', 'activation_overdue', 'active')
       AND (c.account_id IS NULL OR c.check_on <= $1) AND ($2::uuid IS NULL OR a.account_id > $2)
     ORDER BY a.account_id LIMIT $3`,
    [today, after ?? null, limit],
  );
  return rows.map((row) => row.account_id);
}
