import type { AccountState } from '../../accounts/account-lifecycle.policy.ts';
import type { AccountLevel } from '../../assurance/assurance-level.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { OfficeId } from '../officer.ts';
import type { AccountCount, HourOfSignIns } from './figures.ts';

type Offices = readonly OfficeId[] | undefined;

const ofOffices = (column: string, param: string) =>
  `${column} IN (SELECT account_id FROM account_evidence WHERE office_id = ANY (${param}::text[]))`;

/** Accounts by state and level; with `offices`, those on whose evidence one of them stands. */
export async function countAccounts(sql: Sql, offices: Offices): Promise<AccountCount[]> {
  const { rows } = await sql.query<{
    state: AccountState;
    level: AccountLevel | null;
    accounts: string;
    locked: string;
  }>({
    name: offices ? 'count-accounts-of-offices' : 'count-accounts',
    text: `SELECT a.state, a.level, count(*) AS accounts, count(l.account_id) AS locked
           FROM account a LEFT JOIN (SELECT DISTINCT account_id FROM account_lock WHERE ended_at IS NULL) l USING (account_id)
           ${offices ? `WHERE ${ofOffices('a.account_id', '$1')}` : ''} GROUP BY a.state, a.level`,
    values: offices ? [offices] : [],
  });
  return rows.map(({ state, level, accounts, locked }) => ({
    state,
    ...(level !== null && { level }),
    accounts: Number(accounts),
    locked: Number(locked),
  }));
}

/** Accounts that became active, by day in Hà Nội. */
export async function countActivations(
  sql: Sql,
  from: Date,
  until: Date,
  offices: Offices,
): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ day: string; activations: string }>({
    name: offices ? 'count-activations-of-offices' : 'count-activations',
    text: `SELECT to_char(occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') AS day, count(*) AS activations
           FROM audit_event
           WHERE occurred_at >= $1 AND occurred_at <= $2 AND kind IN ('account.opened', 'account.moved')
             AND (kind = 'account.opened' AND data ->> 'state' = 'active'
               OR kind = 'account.moved' AND data ->> 'change' = 'activate')
             ${offices ? `AND ${ofOffices('account_id', '$3')}` : ''}
           GROUP BY 1`,
    values: offices ? [from, until, offices] : [from, until],
  });
  return new Map(rows.map(({ day, activations }) => [day, Number(activations)]));
}

const FAILURES = ['sign_in.refused', 'password.rejected', 'sms_code.rejected', 'totp.rejected', 'passkey.rejected'];

/** Citizens' sign-ins by the hour, only hours in which there were any. */
export async function countSignIns(sql: Sql, from: Date, until: Date): Promise<HourOfSignIns[]> {
  const { rows } = await sql.query<{ began: Date; completed: string; failed: string }>({
    name: 'count-sign-ins',
    text: `SELECT date_trunc('hour', occurred_at, 'Asia/Ho_Chi_Minh') AS began,
             count(*) FILTER (WHERE kind IN ('sign_in.completed', 'provider.signed_on')) AS completed,
             count(*) FILTER (WHERE kind NOT IN ('sign_in.completed', 'provider.signed_on')) AS failed
           FROM audit_event
           WHERE occurred_at >= $1 AND occurred_at <= $2 AND (kind IN ('sign_in.completed', 'provider.signed_on') OR kind = ANY ($3::text[]))
           GROUP BY 1`,
    values: [from, until, FAILURES],
  });
  return rows.map((row) => ({
    atMs: row.began.getTime(),
    completed: Number(row.completed),
    failed: Number(row.failed),
  }));
}
