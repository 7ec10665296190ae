import { createHash } from 'node:crypto';
import { randomToken } from '../../kernel/random.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { OfficerId } from '../officer.ts';
import { LINK_SECONDS } from './staff.policy.ts';

export interface EnrolmentLink {
  /** Shown once, to whoever hands it over. */
  readonly token: Sealed<string>;
  readonly until: Date;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Makes the one open link of an officer; an earlier one opens nothing from here on. */
export async function replaceLink(sql: Sql, officerId: OfficerId, at: Date): Promise<EnrolmentLink> {
  await endLinks(sql, officerId, at);
  const token = randomToken(32);
  const until = new Date(at.getTime() + LINK_SECONDS * 1000);
  await sql.query({
    name: 'insert-officer-enrolment',
    text: 'INSERT INTO officer_enrolment (token_hash, officer_id, made_at, expires_at) VALUES ($1, $2, $3, $4)',
    values: [hashOf(token), officerId, at, until],
  });
  return { token: new Sealed(token), until };
}

export async function endLinks(sql: Sql, officerId: OfficerId, at: Date): Promise<void> {
  await sql.query({
    name: 'end-officer-enrolments',
    text: 'UPDATE officer_enrolment SET ended_at = $2 WHERE officer_id = $1 AND ended_at IS NULL',
    values: [officerId, at],
  });
}

/** Whose link this is; undefined when it lapsed, was used or replaced, or never was one. */
export async function selectLink(sql: Sql, token: string, at: Date): Promise<OfficerId | undefined> {
  const { rows } = await sql.query<{ officer_id: OfficerId }>({
    name: 'select-officer-enrolment',
    text: `SELECT officer_id FROM officer_enrolment WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2`,
    values: [hashOf(token), at],
  });
  return rows[0]?.officer_id;
}

/** Uses the link up: true for the first caller alone. */
export async function takeLink(sql: Sql, token: string, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'take-officer-enrolment',
    text: `UPDATE officer_enrolment SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2`,
    values: [hashOf(token), at],
  });
  return rowCount === 1;
}
