import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { param, query } from '../../http/serve-routes.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { OFFICER_ROLES } from '../officer-permissions.policy.ts';
import { parseOfficerId } from '../officer.ts';
import { parseOfficeId } from '../office.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { OFFICER_STATES, parseStaffName, type StaffMember } from '../staff-member.ts';
import { confirmOfficer } from './confirm-officer.ts';
import { disableOfficer } from './disable-officer.ts';
import { inviteOfficer, type StaffDeps } from './invite-officer.ts';
import { listStaff, type Staff } from './list-staff.ts';
import { has, officeChoices, officerModel, staffLine } from './staff-pages.ts';
import type { InviteModel, StaffChangeModel } from './staff.views.ts';

export type StaffRoutesDeps = StaffDeps & { readonly issuer: string };

const LIST = '/console/officers';
const UNPROCESSABLE = 422;
const CONFLICT = 409;

/** Who serves: the list, invitations, confirmations by a second administrator, and the end of service. */
export function staffRoutes(deps: StaffRoutesDeps): readonly Route[] {
  /** The officer of the address among all; throws `not_found`. */
  async function find(ctx: Context): Promise<{ member: StaffMember; staff: Staff }> {
    const officerId = parseOfficerId(param(ctx, 'officer'));
    const staff = await listStaff(deps);
    const member = staff.members.find((one) => one.officerId === officerId);
    if (!member) throw new RequestError('not_found');
    return { member, staff };
  }

  async function list(ctx: Context): Promise<void> {
    const staff = await listStaff(deps);
    const filter = { state: query(ctx, 'state') ?? '', office: query(ctx, 'office') ?? '' };
    const members = staff.members
      .filter(({ state, officeId }) => [state, ''].includes(filter.state) && [officeId, ''].includes(filter.office))
      .map((member) => staffLine(member, staff));
    const done = (['invited', 'disabled'] as const).find((what) => what === query(ctx, 'done'));
    const mayInvite = has(currentOfficer(ctx), 'invite_officer');
    page(ctx, 'console/staff/officers', {
      members,
      filter,
      states: OFFICER_STATES,
      offices: officeChoices(staff.offices),
      mayInvite,
      ...(done && { done }),
    });
  }

  async function showInvite(ctx: Context, values: InviteModel['values'], errors?: FieldError[]): Promise<void> {
    const { offices } = await listStaff(deps);
    const model = { values, roles: OFFICER_ROLES, offices: officeChoices(offices) };
    page(ctx, 'console/staff/invite', { ...model, ...(errors && { errors }) }, errors ? UNPROCESSABLE : 200);
  }

  async function invite(ctx: Context): Promise<void> {
    const values = { name: field(ctx, 'name'), role: field(ctx, 'role'), office: field(ctx, 'office') };
    const name = parseStaffName(values.name);
    const role = OFFICER_ROLES.find((one) => one === values.role);
    const officeId = parseOfficeId(values.office);
    const errors: FieldError[] = [
      ...(name ? [] : [{ code: 'staff_name_malformed', field: 'name' }]),
      ...(role ? [] : [{ code: 'staff_role_missing', field: 'role' }]),
      ...(officeId ? [] : [{ code: 'staff_office_missing', field: 'office' }]),
    ];
    if (!name || !role || !officeId) return showInvite(ctx, values, errors);
    const outcome = await inviteOfficer(deps, currentOfficer(ctx), { role, officeId, personal: new Sealed({ name }) });
    switch (outcome.kind) {
      case 'invited':
        return seeOther(ctx, `${LIST}?done=invited`);
      case 'no_such_office':
        return showInvite(ctx, values, [{ code: 'staff_office_missing', field: 'office' }]);
      default:
        return unreachable(outcome);
    }
  }

  async function showChange(ctx: Context, view: 'confirm' | 'disable', code?: string): Promise<void> {
    const { member, staff } = await find(ctx);
    const model: StaffChangeModel = {
      member: officerModel(member, staff, currentOfficer(ctx)),
      ...(code !== undefined && { errors: [{ code }] }),
    };
    page(ctx, `console/staff/${view}`, model, code === undefined ? 200 : CONFLICT);
  }

  async function confirm(ctx: Context): Promise<void> {
    const { member } = await find(ctx);
    const outcome = await confirmOfficer(deps, currentOfficer(ctx), member.officerId);
    switch (outcome.kind) {
      case 'confirmed': {
        const { token, until } = outcome.link;
        const link = `${deps.issuer}/console/enrol/${token.reveal()}`;
        return page(ctx, 'console/staff/link', { name: outcome.name, link, until });
      }
      case 'own_invitation':
      case 'not_waiting':
        return showChange(ctx, 'confirm', `staff_${outcome.kind}`);
      default:
        return unreachable(outcome);
    }
  }

  async function disable(ctx: Context): Promise<void> {
    const { member } = await find(ctx);
    const outcome = await disableOfficer(deps, currentOfficer(ctx), member.officerId);
    switch (outcome.kind) {
      case 'disabled':
        return seeOther(ctx, `${LIST}?done=disabled`);
      case 'oneself':
      case 'disabled_already':
        return showChange(ctx, 'disable', `staff_${outcome.kind}`);
      default:
        return unreachable(outcome);
    }
  }

  const get = (path: string, guard: Route['guard'], handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    guard,
    handle,
  });
  const post = (path: string, guard: Route['guard'], fields: readonly string[], handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    guard,
    fields,
    handle,
  });
  return [
    get(LIST, officerMay('see_officers'), list),
    get(`${LIST}/invite`, officerMay('invite_officer'), (ctx) => showInvite(ctx, { name: '', role: '', office: '' })),
    post(`${LIST}/invite`, officerMay('invite_officer'), ['name', 'role', 'office'], invite),
    get(`${LIST}/:officer`, officerMay('see_officers'), async (ctx) => {
      const { member, staff } = await find(ctx);
      page(ctx, 'console/staff/officer', officerModel(member, staff, currentOfficer(ctx)));
    }),
    get(`${LIST}/:officer/confirm`, officerMay('confirm_officer'), (ctx) => showChange(ctx, 'confirm')),
    post(`${LIST}/:officer/confirm`, officerMay('confirm_officer'), [], confirm),
    get(`${LIST}/:officer/disable`, officerMay('disable_officer'), (ctx) => showChange(ctx, 'disable')),
    post(`${LIST}/:officer/disable`, officerMay('disable_officer'), [], disable),
  ];
}
