import type { TrailMark, TrailQuery } from '../../audit/trail-query.ts';
import type { FieldError } from '../../http/page.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import type { PortalId, SubjectId } from '../../kernel/ids.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days that one look or export may span, both ends counted. */
export const RANGE_DAYS = 90;
const DAYS_FIRST_SHOWN = 8;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KIND = /^[a-z_]{1,40}\.[a-z_]{1,60}$/;
/** `officer:<id>`, `registry`, `clock`, `operator:<account>` and the like. */
const ACTOR = /^[a-z_]{1,40}(:[\w.-]{1,64})?$/;
const PORTAL = /^[a-z0-9][a-z0-9-]{0,63}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const FILTER_FIELDS = ['kind', 'actor', 'portal', 'subject', 'from', 'to'] as const;
export type FilterValues = Readonly<Record<(typeof FILTER_FIELDS)[number], string>>;

export const NO_FILTER: FilterValues = { kind: '', actor: '', portal: '', subject: '', from: '', to: '' };

const AUDIT = '/console/audit';

/** Where these events stand, or where they are exported. Only what is set stands in the address. */
export function trailHref(values: FilterValues, { path = AUDIT, after }: { path?: string; after?: TrailMark } = {}) {
  const set = FILTER_FIELDS.filter((name) => values[name] !== '').map((name): [string, string] => [name, values[name]]);
  if (after) set.push(['after', formatMark(after)]);
  const query = new URLSearchParams(set).toString();
  return query ? `${path}?${query}` : path;
}

export type ParsedFilter =
  | { readonly kind: 'asks'; readonly query: TrailQuery }
  | { readonly kind: 'malformed'; readonly errors: readonly FieldError[] };

/** The last week and today, when no days were given. */
export const withDays = (values: FilterValues, now: Date): FilterValues => ({
  ...values,
  from: values.from || dayInHanoi(new Date(now.getTime() - (DAYS_FIRST_SHOWN - 1) * DAY_MS)),
  to: values.to || dayInHanoi(now),
});

/** What the form or the address asks for. Days are those of Hà Nội; a bare officer's id means that officer. */
export function parseFilter(values: FilterValues): ParsedFilter {
  const actor = ID.test(values.actor) ? `officer:${values.actor}` : values.actor;
  const [from, lastDay] = [dayStart(values.from), dayStart(values.to)];
  const errors: FieldError[] = [];
  if (actor && !ACTOR.test(actor)) errors.push({ code: 'audit_actor_malformed', field: 'actor' });
  if (values.kind && !KIND.test(values.kind)) errors.push({ code: 'audit_kind_malformed', field: 'kind' });
  if (values.portal && !PORTAL.test(values.portal)) errors.push({ code: 'audit_portal_malformed', field: 'portal' });
  if (values.subject && !ID.test(values.subject)) errors.push({ code: 'audit_subject_malformed', field: 'subject' });
  if (!from) errors.push({ code: 'audit_day_malformed', field: 'from' });
  if (!lastDay) errors.push({ code: 'audit_day_malformed', field: 'to' });
  if (!from || !lastDay) return { kind: 'malformed', errors };
  const until = new Date(lastDay.getTime() + DAY_MS);
  if (until <= from) errors.push({ code: 'audit_days_reversed', field: 'to' });
  const isTooLong = until.getTime() - from.getTime() > RANGE_DAYS * DAY_MS;
  if (isTooLong) errors.push({ code: 'audit_range_too_long', field: 'to', values: { days: RANGE_DAYS } });
  if (errors.length > 0) return { kind: 'malformed', errors };
  return {
    kind: 'asks',
    query: {
      from,
      until,
      ...(actor && { actor }),
      ...(values.kind && { kind: values.kind }),
      ...(values.portal && { portal: values.portal as PortalId }),
      ...(values.subject && { subject: values.subject as SubjectId }),
    },
  };
}

function dayStart(text: string): Date | undefined {
  if (!DAY.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00+07:00`);
  return !Number.isNaN(at.getTime()) && dayInHanoi(at) === text ? at : undefined;
}

const MARK = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)_([0-9a-f-]{36})$/;
const formatMark = ({ at, eventId }: TrailMark): string => `${at}_${eventId}`;

/** Where to go on from, as an address has it; undefined for any other text. */
export function parseMark(text: string): TrailMark | undefined {
  const [, at, eventId] = MARK.exec(text) ?? [];
  const isMoment = at !== undefined && !Number.isNaN(Date.parse(at));
  return isMoment && eventId !== undefined && ID.test(eventId) ? { at, eventId } : undefined;
}
