import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';

/** Sign-ins by portal and day in Hà Nội (ISO 8601). */
export type SignInCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const KEY = 'eid:figures:portals';
const KEEP_SECONDS = 10 * 60;

/** Of all portals in one statement: it reads every sign-in of the time, so it must not be asked for each portal. */
export async function countSignInsByPortal(sql: Sql, from: Date, until: Date): Promise<SignInCounts> {
  const { rows } = await sql.query<{ portal_id: string; days: Record<string, number> }>({
    name: 'count-sign-ins-by-portal',
    text: `SELECT portal_id, jsonb_object_agg(day, sign_ins) AS days FROM (
             SELECT portal_id, to_char(occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') AS day, count(*) AS sign_ins
             FROM audit_event
             WHERE occurred_at >= $1 AND occurred_at <= $2 AND kind IN ('sign_in.completed', 'provider.signed_on') AND portal_id IS NOT NULL
             GROUP BY 1, 2) counted GROUP BY portal_id`,
    values: [from, until],
  });
  return Object.fromEntries(rows.map(({ portal_id, days }) => [portal_id, days]));
}

export async function selectKeptCounts(cache: Cache): Promise<SignInCounts | undefined> {
  const kept = await cache.get(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as SignInCounts);
}

export async function keepCounts(cache: Cache, counts: SignInCounts): Promise<void> {
  await cache.set(KEY, JSON.stringify(counts), 'EX', KEEP_SECONDS);
}
