import type { Context } from 'koa';
import { findAccount } from '../../accounts/find-account.ts';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { param } from '../../http/serve-routes.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { maskNationalId, parseNationalId } from '../../registry/national-id.ts';
import { selectOffices } from '../office.store.ts';
import { mayDo } from '../officer-permissions.policy.ts';
import { openRecord, personOf, personPage } from '../people/people.routes.ts';
import { ensureLook } from '../people/look-at-person.ts';
import type { SearchDeps } from '../people/search-people.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { atConsole, currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { ASKS, parseRequestId, type AuthorityRequest } from './authority-request.ts';
import { selectRequest, selectRequests, selectRequestsInForce } from './authority-request.store.ts';
import { decideRequest, type Verdict } from './decide-request.ts';
import { parseLetter, type LetterFields } from './letter-form.ts';
import { receiveRequest } from './receive-request.ts';
import type { RequestInForce, RequestLine } from './requests.views.ts';

const RECEIVE = '/console/people/:person/request';
const LIST = '/console/requests';
const ONE = `${LIST}/:request`;
const UNPROCESSABLE = 422;
const CONFLICT = 409;
const MOST_SHOWN = 100;
const REASON_LENGTH = 500;

/** Written requests of competent bodies: received by one officer, decided by another, refused in writing. */
export function requestsRoutes(deps: SearchDeps): readonly Route[] {
  const lineOf = ({ requestId, asks, document, detail, dueAt, decided }: AuthorityRequest): RequestLine => ({
    requestId,
    asks,
    document,
    authority: detail.reveal().authority,
    dueAt,
    isOverdue: !decided && dueAt < deps.clock.now(),
    ...(decided && { decision: decided.as }),
  });

  const inForceOf = ({ requestId, document, detail }: AuthorityRequest): RequestInForce => ({
    requestId,
    document,
    authority: detail.reveal().authority,
  });

  async function askLetter(ctx: Context, values: LetterFields, errors?: readonly FieldError[]): Promise<void> {
    const opened = await openRecord(deps, ctx);
    if (!opened) return;
    const { fullName } = opened.facts.personal.reveal();
    const inForce = (await selectRequestsInForce(deps.db, deps.keyring, opened.facts.subject)).map(inForceOf);
    const model = { personId: opened.facts.subject, fullName, inForce, values, ...(errors && { errors }) };
    page(ctx, 'console/requests/receive', model, errors ? UNPROCESSABLE : 200);
  }

  async function receive(ctx: Context): Promise<void> {
    const opened = await openRecord(deps, ctx);
    if (!opened) return;
    const values: LetterFields = {
      asks: field(ctx, 'asks'),
      lifts: field(ctx, 'lifts'),
      authority: field(ctx, 'authority'),
      document: field(ctx, 'document'),
      arrived_on: field(ctx, 'arrived_on'),
    };
    const inForce = await selectRequestsInForce(deps.db, deps.keyring, opened.facts.subject);
    const ids = inForce.map(({ requestId }) => requestId);
    const parsed = parseLetter(values, dayInHanoi(deps.clock.now()), ids);
    if (parsed.kind === 'refused') return askLetter(ctx, values, parsed.errors);
    await receiveRequest(deps, currentOfficer(ctx), opened.facts.subject, parsed.letter);
    seeOther(ctx, personPage(personOf(ctx), 'received'));
  }

  async function list(ctx: Context): Promise<void> {
    const requests = await selectRequests(deps.db, deps.keyring, MOST_SHOWN);
    page(ctx, 'console/requests/requests', { requests: requests.map(lineOf) });
  }

  async function show(ctx: Context, reason = '', error?: FieldError, status = UNPROCESSABLE): Promise<void> {
    const requestId = parseRequestId(param(ctx, 'request'));
    const one = requestId && (await selectRequest(deps.db, deps.keyring, requestId));
    const facts = one && (await findAccount(deps, one.subject));
    if (!one || !facts) throw new RequestError('not_found');
    const at = atConsole(ctx);
    // The page shows who it is about: that is a look, and its reason is the letter.
    await ensureLook(deps, at, one.subject, { reason: 'authority_request', document: one.document });
    const { fullName, nationalId } = facts.personal.reveal();
    const number = parseNationalId(nationalId);
    const office = (await selectOffices(deps.db)).find(({ officeId }) => officeId === one.officeId);
    const lifted = one.lifts && (await selectRequest(deps.db, deps.keyring, one.lifts));
    const refusal = one.detail.reveal().reason;
    const isOwn = one.receivedBy === at.officer.officerId;
    const isDecider = mayDo(at.officer.role, 'decide_authority_request', 0).kind === 'permitted';
    page(
      ctx,
      'console/requests/request',
      {
        request: lineOf(one),
        fullName,
        maskedNationalId: number ? maskNationalId(number) : '•••',
        ...(lifted && { lifts: inForceOf(lifted) }),
        arrivedOn: one.arrivedOn,
        receivedAt: one.receivedAt,
        office: office?.name ?? { vi: one.officeId, en: one.officeId },
        ...(one.decided && { decidedAt: one.decided.at }),
        ...(refusal !== undefined && { refusal }),
        isOwn,
        mayDecide: isDecider && !isOwn && !one.decided,
        values: { reason },
        ...(error && { errors: [error] }),
      },
      error ? status : 200,
    );
  }

  async function decide(ctx: Context): Promise<void> {
    const requestId = parseRequestId(param(ctx, 'request'));
    if (!requestId) throw new RequestError('not_found');
    const reason = field(ctx, 'reason');
    const asked = field(ctx, 'decision');
    if (asked !== 'grant' && asked !== 'refuse') throw new RequestError('malformed_request');
    if (asked === 'refuse' && (reason === '' || reason.length > REASON_LENGTH))
      return show(ctx, reason, { code: 'request_reason_missing', field: 'reason' });
    const verdict: Verdict = asked === 'grant' ? { kind: 'grant' } : { kind: 'refuse', reason: new Sealed(reason) };
    const outcome = await decideRequest(deps, currentOfficer(ctx), requestId, verdict);
    switch (outcome.kind) {
      case 'granted':
      case 'refused':
        return seeOther(ctx, `${LIST}/${requestId}`);
      case 'not_possible':
      case 'own_request':
      case 'already_decided':
        return show(ctx, reason, { code: `request_${outcome.kind}` }, CONFLICT);
      case 'no_request':
        throw new RequestError('not_found');
      default:
        return unreachable(outcome);
    }
  }

  const receiver = officerMay('receive_authority_request');
  const today = () => dayInHanoi(deps.clock.now());
  const empty = () => ({ asks: ASKS[0], lifts: '', authority: '', document: '', arrived_on: today() });
  return [
    { method: 'GET', path: RECEIVE, guard: receiver, handle: (ctx) => askLetter(ctx, empty()) },
    {
      method: 'POST',
      path: RECEIVE,
      guard: receiver,
      fields: ['asks', 'lifts', 'authority', 'document', 'arrived_on'],
      handle: receive,
    },
    { method: 'GET', path: LIST, guard: officerMay('see_authority_requests'), handle: list },
    { method: 'GET', path: ONE, guard: officerMay('see_authority_requests'), handle: (ctx) => show(ctx) },
    {
      method: 'POST',
      path: ONE,
      guard: officerMay('decide_authority_request'),
      fields: ['decision', 'reason'],
      handle: decide,
    },
  ];
}
