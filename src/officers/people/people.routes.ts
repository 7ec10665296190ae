import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { param, query } from '../../http/serve-routes.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { parseDocumentNumber } from '../document-number.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { atConsole, currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { LOOK_REASONS, needsDocument } from './look.ts';
import { lookAtPerson, openLook, parseSubject, recordNumberShown, type PersonRecord } from './look-at-person.ts';
import { personLine, personModel } from './person-page.ts';
import type { ReasonModel, SearchModel } from './people.views.ts';
import { SEARCH_BY, searchPeople, type SearchDeps } from './search-people.ts';

const PEOPLE = '/console/people';
const UNPROCESSABLE = 422;
const TOO_MANY = 429;

export const personPage = (subject: SubjectId, done?: string): string =>
  `${PEOPLE}/${subject}${done === undefined ? '' : `?done=${done}`}`;

/** Whose record the address names. Throws `not_found` for what is no id. */
export function personOf(ctx: Context): SubjectId {
  const subject = parseSubject(param(ctx, 'person'));
  if (!subject) throw new RequestError('not_found');
  return subject;
}

/** The record that this officer opened with a reason; whoever did not is sent to say why, and gets undefined. */
export async function openRecord(deps: SearchDeps, ctx: Context): Promise<PersonRecord | undefined> {
  const subject = personOf(ctx);
  const outcome = await lookAtPerson(deps, atConsole(ctx), subject);
  if (outcome.kind === 'no_account') throw new RequestError('not_found');
  if (outcome.kind === 'open') return outcome;
  seeOther(ctx, personPage(subject));
  return undefined;
}

/** Searching for a person, and looking at the record: with a reason, written down, and shown to the person. */
export function peopleRoutes(deps: SearchDeps): readonly Route[] {
  const showSearch = (ctx: Context, more: Partial<SearchModel> = {}, status = 200) =>
    page(ctx, 'console/people/search', { by: 'national_id', choices: SEARCH_BY, ...more }, status);

  async function search(ctx: Context): Promise<void> {
    const by = SEARCH_BY.find((one) => one === field(ctx, 'by'));
    if (!by) throw new RequestError('malformed_request');
    const outcome = await searchPeople(deps, currentOfficer(ctx), by, field(ctx, 'value'));
    switch (outcome.kind) {
      case 'found':
        return showSearch(ctx, { by, found: outcome.people.map(personLine) });
      case 'malformed':
        return showSearch(ctx, { by, errors: [{ code: `search_${by}_malformed`, field: 'value' }] }, UNPROCESSABLE);
      case 'too_many':
        return showSearch(ctx, { by, errors: [{ code: 'search_too_many' }] }, TOO_MANY);
      default:
        return unreachable(outcome);
    }
  }

  const askReason = (ctx: Context, values: ReasonModel['values'], errors?: readonly FieldError[]) =>
    page(
      ctx,
      'console/people/reason',
      { personId: personOf(ctx), reasons: LOOK_REASONS, values, ...(errors && { errors }) },
      errors ? UNPROCESSABLE : 200,
    );

  async function show(ctx: Context): Promise<void> {
    const outcome = await lookAtPerson(deps, atConsole(ctx), personOf(ctx));
    switch (outcome.kind) {
      case 'open': {
        const done = ['locked', 'unlocked', 'still_locked', 'received'].find((one) => one === query(ctx, 'done'));
        const options = { isWhole: false, ...(done !== undefined && { done }) };
        return page(ctx, 'console/people/person', personModel(outcome, currentOfficer(ctx), options));
      }
      case 'reason_needed':
        return askReason(ctx, { reason: '', document: '' });
      case 'no_account':
        throw new RequestError('not_found');
      default:
        return unreachable(outcome);
    }
  }

  async function giveReason(ctx: Context): Promise<void> {
    const subject = personOf(ctx);
    const values = { reason: field(ctx, 'reason'), document: field(ctx, 'document') };
    const reason = LOOK_REASONS.find((one) => one === values.reason);
    const document = parseDocumentNumber(values.document);
    if (!reason) return askReason(ctx, values, [{ code: 'look_reason_missing', field: 'reason' }]);
    const isMissing = needsDocument(reason) && values.document === '';
    const isMalformed = values.document !== '' && document === undefined;
    if (isMissing || isMalformed) {
      const code = isMissing ? 'look_document_missing' : 'document_malformed';
      return askReason(ctx, values, [{ code, field: 'document' }]);
    }
    const look = { reason, ...(document !== undefined && { document }) };
    if (!(await openLook(deps, atConsole(ctx), subject, look))) throw new RequestError('not_found');
    seeOther(ctx, personPage(subject));
  }

  async function showNumber(ctx: Context): Promise<void> {
    const opened = await openRecord(deps, ctx);
    if (!opened) return;
    const at = atConsole(ctx);
    await recordNumberShown(deps, at, opened.facts.subject);
    page(ctx, 'console/people/person', personModel(opened, at.officer, { isWhole: true }));
  }

  const maySearch = officerMay('search_person');
  const see = officerMay('see_person');
  const seeNumber = officerMay('see_full_number');
  return [
    { method: 'GET', path: PEOPLE, guard: maySearch, handle: (ctx) => showSearch(ctx) },
    { method: 'POST', path: PEOPLE, guard: maySearch, fields: ['by', 'value'], handle: search },
    { method: 'GET', path: `${PEOPLE}/:person`, guard: see, handle: show },
    { method: 'POST', path: `${PEOPLE}/:person`, guard: see, fields: ['reason', 'document'], handle: giveReason },
    {
      method: 'GET',
      path: `${PEOPLE}/:person/number`,
      guard: seeNumber,
      handle: (ctx) => seeOther(ctx, personPage(personOf(ctx))),
    },
    { method: 'POST', path: `${PEOPLE}/:person/number`, guard: seeNumber, fields: [], handle: showNumber },
  ];
}
