import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import type { Route } from '../../http/route.ts';
import { query } from '../../http/serve-routes.ts';
import type { Clock } from '../../kernel/clock.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import type { Database } from '../../storage/postgres.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { removeHoliday, setHoliday } from './change-holiday.ts';
import { parseDay } from './holiday-change.policy.ts';
import type { HolidaysModel, HolidayValues } from './holidays.views.ts';
import { listHolidays } from './list-holidays.ts';

const PATH = '/console/holidays';
const FIELDS = ['holiday_day', 'holiday_month', 'holiday_year', 'kind', 'name_vi', 'name_en', 'source'] as const;
const EMPTY = Object.fromEntries(FIELDS.map((name) => [name, ''])) as HolidayValues;
const TEXT_LENGTH = 120;

/** The calendar on which working days are counted. */
export function holidaysRoutes(deps: { readonly db: Database; readonly clock: Clock }): readonly Route[] {
  async function show(ctx: Context, values: HolidayValues, errors?: readonly FieldError[]): Promise<void> {
    const done = (['set', 'removed'] as const).find((what) => ctx.method === 'GET' && what === query(ctx, 'done'));
    const holidays = await listHolidays(deps);
    const model: HolidaysModel = { holidays, values, ...(done && { done }), ...(errors && { errors }) };
    page(ctx, 'console/holidays/holidays', model, errors ? 422 : 200);
  }

  async function set(ctx: Context): Promise<void> {
    const values = Object.fromEntries(FIELDS.map((name) => [name, field(ctx, name).normalize('NFC')])) as HolidayValues;
    const day = parseDay(values.holiday_day, values.holiday_month, values.holiday_year);
    const kind = (['off', 'worked'] as const).find((one) => one === values.kind);
    const unfit = (['name_vi', 'name_en', 'source'] as const).filter((name) => {
      return values[name] === '' || values[name].length > TEXT_LENGTH;
    });
    const errors: FieldError[] = [
      ...(day ? [] : [{ code: 'holiday_date_malformed', field: 'holiday_date' }]),
      ...(kind ? [] : [{ code: 'holiday_kind_missing', field: 'kind' }]),
      ...unfit.map((name) => ({ code: `holiday_${name}_malformed`, field: name })),
    ];
    if (!day || !kind || errors.length > 0) return show(ctx, values, errors);
    const name = { vi: values.name_vi, en: values.name_en };
    const outcome = await setHoliday(deps, currentOfficer(ctx), { day, kind, name, source: values.source });
    switch (outcome.kind) {
      case 'set':
        return seeOther(ctx, `${PATH}?done=set`);
      case 'past':
      case 'worked_anyway':
        return show(ctx, values, [{ code: `holiday_${outcome.kind}`, field: 'holiday_date' }]);
      default:
        return unreachable(outcome);
    }
  }

  async function remove(ctx: Context): Promise<void> {
    const [year = '', month = '', day = ''] = field(ctx, 'day').split('-');
    const parsed = parseDay(day, month, year);
    if (!parsed) return show(ctx, EMPTY, [{ code: 'holiday_date_malformed' }]);
    const outcome = await removeHoliday(deps, currentOfficer(ctx), parsed);
    switch (outcome.kind) {
      case 'removed':
      case 'not_there': // somebody else was faster
        return seeOther(ctx, `${PATH}?done=removed`);
      case 'past':
      case 'worked_anyway':
        return show(ctx, EMPTY, [{ code: `holiday_${outcome.kind}` }]);
      default:
        return unreachable(outcome);
    }
  }

  const guard = officerMay('edit_holidays');
  return [
    { method: 'GET', path: PATH, guard, handle: (ctx) => show(ctx, EMPTY) },
    { method: 'POST', path: PATH, guard, fields: FIELDS, handle: set },
    { method: 'POST', path: `${PATH}/remove`, guard, fields: ['day'], handle: remove },
  ];
}
