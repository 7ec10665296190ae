import { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { openField, sealField } from '../storage/sealed-field.ts';
import type { Office } from './office.ts';
import { toOffice } from './office.store.ts';
import type { OfficerRole } from './officer-permissions.policy.ts';
import type { OfficeId, OfficerId } from './officer.ts';
import type { OfficerState, StaffMember, StaffPersonal } from './staff-member.ts';

export type StaffKeys = { readonly keyring: Pick<Keyring, 'sealing'> };

interface StaffRow {
  readonly officer_id: OfficerId;
  readonly office_id: OfficeId;
  readonly role: OfficerRole;
  readonly state: OfficerState;
  readonly personal: Buffer;
  readonly invited_by: OfficerId | null;
  readonly confirmed_by: OfficerId | null;
  readonly created_at: Date;
  readonly disabled_at: Date | null;
  readonly link_until: Date | null;
}

const COLUMNS = `o.officer_id, o.office_id, o.role, o.state, o.personal, o.invited_by, o.confirmed_by, o.created_at,
  o.disabled_at, (SELECT e.expires_at FROM officer_enrolment e WHERE e.officer_id = o.officer_id AND e.ended_at IS NULL) AS link_until`;
const contextOf = (officerId: OfficerId) => `officer:${officerId}`;

const toMember = (deps: StaffKeys, row: StaffRow): StaffMember => ({
  officerId: row.officer_id,
  officeId: row.office_id,
  role: row.role,
  state: row.state,
  personal: new Sealed(JSON.parse(openField(deps.keyring, row.personal, contextOf(row.officer_id))) as StaffPersonal),
  ...(row.invited_by !== null && { invitedBy: row.invited_by }),
  ...(row.confirmed_by !== null && { confirmedBy: row.confirmed_by }),
  createdAt: row.created_at,
  ...(row.disabled_at !== null && { disabledAt: row.disabled_at }),
  ...(row.link_until !== null && { linkUntil: row.link_until }),
});

export interface SeatedMember {
  readonly member: StaffMember;
  readonly office: Office;
}

/** The officer with the office they sit in. `lock`: for the change that follows in the same transaction. */
export async function selectMember(
  deps: StaffKeys,
  sql: Sql,
  officerId: OfficerId,
  { lock = false } = {},
): Promise<SeatedMember | undefined> {
  const { rows } = await sql.query<StaffRow & Parameters<typeof toOffice>[0]>({
    name: lock ? 'lock-officer' : 'select-officer',
    text: `SELECT ${COLUMNS}, f.parent_id, f.tier, f.name_vi, f.name_en
           FROM officer o JOIN office f ON f.office_id = o.office_id
           WHERE o.officer_id = $1${lock ? ' FOR UPDATE OF o' : ''}`,
    values: [officerId],
  });
  const row = rows[0];
  return row && { member: toMember(deps, row), office: toOffice(row) };
}

/** Those of these ids, with the offices they sit in; who is unknown is left out. */
export async function selectMembersById(deps: StaffKeys, sql: Sql, ids: readonly OfficerId[]): Promise<SeatedMember[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<StaffRow & Parameters<typeof toOffice>[0]>({
    name: 'select-officers-by-id',
    text: `SELECT ${COLUMNS}, f.parent_id, f.tier, f.name_vi, f.name_en
           FROM officer o JOIN office f ON f.office_id = o.office_id
           WHERE o.officer_id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return rows.map((row) => ({ member: toMember(deps, row), office: toOffice(row) }));
}

/** Everybody, those who wait for something first, then the newest. */
export async function selectMembers(deps: StaffKeys, sql: Sql): Promise<StaffMember[]> {
  const { rows } = await sql.query<StaffRow>({
    name: 'select-officers',
    text: `SELECT ${COLUMNS} FROM officer o
           ORDER BY array_position(ARRAY['invited', 'confirmed', 'active', 'disabled'], o.state), o.created_at DESC, o.officer_id`,
  });
  return rows.map((row) => toMember(deps, row));
}

/** How many of this role may sign in, or will when they have followed their link. No row changes until the transaction ends. */
export async function countMembers(sql: Sql, role: OfficerRole): Promise<number> {
  await sql.query('LOCK TABLE officer IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await sql.query<{ count: number }>({
    name: 'count-officers',
    text: `SELECT count(*)::int AS count FROM officer o WHERE role = $1 AND state = 'active'`,
    values: [role],
  });
  return rows[0]?.count ?? 0;
}

export interface NewMember {
  readonly officerId: OfficerId;
  readonly officeId: OfficeId;
  readonly role: OfficerRole;
  readonly state: OfficerState;
  readonly personal: Sealed<StaffPersonal>;
  readonly handle: Buffer;
  readonly invitedBy?: OfficerId;
}

/** False when there is one of that id. */
export async function insertMember(deps: StaffKeys, sql: Sql, member: NewMember, at: Date): Promise<boolean> {
  const personal = sealField(deps.keyring, JSON.stringify(member.personal.reveal()), contextOf(member.officerId));
  const { rowCount } = await sql.query({
    name: 'insert-officer',
    text: `INSERT INTO officer (officer_id, office_id, role, state, personal, handle, invited_by, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (officer_id) DO NOTHING`,
    values: [
      member.officerId,
      member.officeId,
      member.role,
      member.state,
      personal,
      member.handle,
      member.invitedBy ?? null,
      at,
    ],
  });
  return rowCount === 1;
}

export async function updateMemberState(
  sql: Sql,
  officerId: OfficerId,
  change: { readonly state: OfficerState; readonly confirmedBy?: OfficerId; readonly disabledAt?: Date },
): Promise<void> {
  await sql.query({
    name: 'update-officer-state',
    text: `UPDATE officer SET state = $2, confirmed_by = coalesce($3, confirmed_by), disabled_at = coalesce($4, disabled_at)
           WHERE officer_id = $1`,
    values: [officerId, change.state, change.confirmedBy ?? null, change.disabledAt ?? null],
  });
}

/** By what the officer's devices know them. Throws for an officer that is not there. */
export async function selectHandle(sql: Sql, officerId: OfficerId): Promise<Buffer> {
  const { rows } = await sql.query<{ handle: Buffer }>({
    name: 'select-officer-handle',
    text: 'SELECT handle FROM officer WHERE officer_id = $1',
    values: [officerId],
  });
  const row = rows[0];
  if (!row) throw new Error('no such officer');
  return row.handle;
}
