import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import type { Route } from '../../http/route.ts';
import { query } from '../../http/serve-routes.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { officeTree, parseOfficeId, tierBelow } from '../office.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { addOffice } from './add-office.ts';
import type { StaffDeps } from './invite-officer.ts';
import { listStaff } from './list-staff.ts';
import { has, officeChoices } from './staff-pages.ts';
import type { AddOfficeModel } from './staff.views.ts';

const FIELDS = ['office_id', 'parent_id', 'name_vi', 'name_en'] as const;
const NAME_LENGTH = 120;

/** The tree of offices, and a new one in it. */
export function officesRoutes(deps: StaffDeps): readonly Route[] {
  async function list(ctx: Context): Promise<void> {
    const { members, offices } = await listStaff(deps);
    const serving = Map.groupBy(
      members.filter(({ state }) => state === 'active'),
      ({ officeId }) => officeId,
    );
    page(ctx, 'console/staff/offices', {
      offices: officeTree(offices).map(({ officeId, name, depth, tier }) => {
        return { officeId, name, depth, tier, officers: serving.get(officeId)?.length ?? 0 };
      }),
      mayAdd: has(currentOfficer(ctx), 'edit_offices'),
      done: query(ctx, 'done') === 'added',
    });
  }

  async function show(ctx: Context, values: AddOfficeModel['values'], errors?: readonly FieldError[]): Promise<void> {
    const { offices } = await listStaff(deps);
    const parents = officeChoices(offices.filter(({ tier }) => tierBelow(tier) !== undefined));
    page(ctx, 'console/staff/add-office', { values, parents, ...(errors && { errors }) }, errors ? 422 : 200);
  }

  async function add(ctx: Context): Promise<void> {
    const values = {
      office_id: field(ctx, 'office_id'),
      parent_id: field(ctx, 'parent_id'),
      name_vi: field(ctx, 'name_vi').normalize('NFC'),
      name_en: field(ctx, 'name_en').normalize('NFC'),
    };
    const officeId = parseOfficeId(values.office_id);
    const parentId = parseOfficeId(values.parent_id);
    const unnamed = (['name_vi', 'name_en'] as const).filter((name) => {
      return values[name] === '' || values[name].length > NAME_LENGTH;
    });
    const errors = [
      ...(parentId ? [] : [{ code: 'office_parent_missing', field: 'parent_id' }]),
      ...unnamed.map((name) => ({ code: 'office_name_malformed', field: name })),
      ...(officeId ? [] : [{ code: 'office_id_malformed', field: 'office_id' }]),
    ];
    if (!officeId || !parentId || errors.length > 0) return show(ctx, values, errors);
    const name = { vi: values.name_vi, en: values.name_en };
    const outcome = await addOffice(deps, currentOfficer(ctx), { officeId, parentId, name });
    switch (outcome.kind) {
      case 'added':
        return seeOther(ctx, '/console/offices?done=added');
      case 'taken':
        return show(ctx, values, [{ code: 'office_id_taken', field: 'office_id' }]);
      case 'no_such_parent':
        return show(ctx, values, [{ code: 'office_parent_missing', field: 'parent_id' }]);
      default:
        return unreachable(outcome);
    }
  }

  const empty = { office_id: '', parent_id: '', name_vi: '', name_en: '' };
  return [
    { method: 'GET', path: '/console/offices', guard: officerMay('see_officers'), handle: list },
    {
      method: 'GET',
      path: '/console/offices/add',
      guard: officerMay('edit_offices'),
      handle: (ctx) => show(ctx, { ...empty, parent_id: query(ctx, 'under') ?? '' }),
    },
    {
      method: 'POST',
      path: '/console/offices/add',
      guard: officerMay('edit_offices'),
      fields: FIELDS,
      handle: add,
    },
  ];
}
