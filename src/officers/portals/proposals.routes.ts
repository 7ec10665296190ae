import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { param, query } from '../../http/serve-routes.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { findPortalRecord } from '../../portals/find-portal-record.ts';
import { readPortalFile } from '../../provider/clients/portal-file.ts';
import type { PreparedPortal } from '../../provider/clients/prepare-portal.ts';
import { dueIn } from '../cases/due-in.ts';
import { parseDocumentNumber } from '../document-number.ts';
import { actorOf } from '../officer.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { listStaff } from '../staff/list-staff.ts';
import { has } from '../staff/staff-pages.ts';
import { decideProposal } from './decide-proposal.ts';
import { AGREED_CLAIMS, EMPTY_FORM, errorsOfFaults, fileOfForm, formOfPortal, PORTAL_FIELDS } from './portal-form.ts';
import { doerOf, portalShown } from './portal-pages.ts';
import { selectProposal } from './portal-proposal.store.ts';
import { parseProposalId, type ProposalId } from './portal-proposal.ts';
import type { PortalsDeps } from './portals.routes.ts';
import { proposePortal, type ProposeOutcome } from './propose-portal.ts';

const PROPOSALS = '/console/portals/proposals';
const UNPROCESSABLE = 422;
const CONFLICT = 409;

/** One registrar writes a portal down, by form or by file; another appraises it and confirms. */
export function proposalsRoutes(deps: PortalsDeps): readonly Route[] {
  function showForm(ctx: Context, values = EMPTY_FORM, errors?: readonly FieldError[]): void {
    const model = { values, claims: AGREED_CLAIMS, ...(errors && { errors }) };
    page(ctx, 'console/portals/register', model, errors ? UNPROCESSABLE : 200);
  }
  function showFile(ctx: Context, file = '', errors?: readonly FieldError[]): void {
    page(ctx, 'console/portals/register-file', { file, ...(errors && { errors }) }, errors ? UNPROCESSABLE : 200);
  }

  async function askForm(ctx: Context): Promise<void> {
    const from = query(ctx, 'from');
    const known = from === undefined ? undefined : await findPortalRecord(deps, from);
    showForm(ctx, known ? formOfPortal(known.portal) : EMPTY_FORM);
  }

  async function propose(ctx: Context, file: string, refuse: (errors: FieldError[]) => void, pasted: boolean) {
    const outcome = await proposePortal(deps, currentOfficer(ctx), file);
    if (outcome.kind === 'proposed') return seeOther(ctx, `${PROPOSALS}/${outcome.proposalId}`);
    refuse(errorsOf(outcome, pasted));
  }

  async function show(ctx: Context, record = '', errors?: readonly FieldError[], status = UNPROCESSABLE) {
    const proposal = await selectProposal(deps.db, idOf(ctx));
    const now = deps.clock.now();
    const reading = proposal && readPortalFile(proposal.file, { loopback: deps.loopback, today: dayInHanoi(now) });
    if (!proposal || reading?.kind !== 'read') throw new RequestError('not_found');
    const [staff, known] = await Promise.all([listStaff(deps), findPortalRecord(deps, proposal.portalId)]);
    const { proposalId, proposedAt, proposedBy, dueAt, decided } = proposal;
    const officer = currentOfficer(ctx);
    const model = {
      proposalId,
      portal: portalShown(reading.draft.portal),
      proposedAt,
      by: doerOf(proposedBy, staff),
      dueAt,
      due: dueIn(dueAt, now),
      ...(decided && { decided: { ...decided, by: doerOf(decided.by, staff) } }),
      changes: known !== undefined && !decided,
      isOwn: proposedBy === actorOf(officer),
      mayDecide: !decided && has(officer, 'confirm_portal'),
      values: { record },
      ...(errors && { errors }),
    };
    page(ctx, 'console/portals/proposal', model, errors ? status : 200);
  }

  async function decide(ctx: Context): Promise<void> {
    const [asked, typed] = [field(ctx, 'decision'), field(ctx, 'record')];
    if (asked !== 'confirm' && asked !== 'refuse') throw new RequestError('malformed_request');
    const record = asked === 'refuse' && typed === '' ? '' : parseDocumentNumber(typed);
    const malformed = [{ code: 'portal_document_malformed', field: 'record' }];
    if (record === undefined) return show(ctx, typed, malformed);
    const verdict = { as: asked === 'confirm' ? 'confirmed' : 'refused', record } as const;
    const outcome = await decideProposal(deps, currentOfficer(ctx), idOf(ctx), verdict);
    switch (outcome.kind) {
      case 'confirmed': {
        const { portalId, secret } = outcome;
        if (!secret) return seeOther(ctx, `/console/portals/id/${portalId}?done=confirmed`);
        return page(ctx, 'console/portals/secret', { portalId, secret: secret.reveal() });
      }
      case 'refused':
        return seeOther(ctx, `${PROPOSALS}/${idOf(ctx)}`);
      case 'record_missing':
        return show(ctx, typed, malformed);
      case 'no_proposal':
        throw new RequestError('not_found');
      case 'own_proposal':
      case 'already_decided':
        return show(ctx, typed, [{ code: `portal_${outcome.kind}` }], CONFLICT);
      case 'unfit':
        return show(ctx, typed, errorsOfFaults(outcome.faults, { pasted: true }).map(besideNothing), CONFLICT);
      case 'disabled':
      case 'sector_fixed':
      case 'invalid':
        return show(ctx, typed, preparationErrors(outcome).map(besideNothing), CONFLICT);
      default:
        return unreachable(outcome);
    }
  }

  const writer = officerMay('register_portal');
  const valuesOf = (ctx: Context) => Object.fromEntries(PORTAL_FIELDS.map((name) => [name, field(ctx, name)]));
  return [
    { method: 'GET', path: `${PROPOSALS}/new`, guard: writer, handle: askForm },
    {
      method: 'POST',
      path: `${PROPOSALS}/new`,
      guard: writer,
      fields: PORTAL_FIELDS,
      handle(ctx) {
        const values = valuesOf(ctx);
        return propose(ctx, fileOfForm(values), (errors) => showForm(ctx, values, errors), false);
      },
    },
    { method: 'GET', path: `${PROPOSALS}/file`, guard: writer, handle: (ctx) => showFile(ctx) },
    {
      method: 'POST',
      path: `${PROPOSALS}/file`,
      guard: writer,
      fields: ['file'],
      handle(ctx) {
        const file = field(ctx, 'file');
        return propose(ctx, file, (errors) => showFile(ctx, file, errors), true);
      },
    },
    { method: 'GET', path: `${PROPOSALS}/:proposal`, guard: officerMay('see_portals'), handle: (ctx) => show(ctx) },
    {
      method: 'POST',
      path: `${PROPOSALS}/:proposal`,
      guard: officerMay('confirm_portal'),
      fields: ['decision', 'record'],
      handle: decide,
    },
  ];
}

function idOf(ctx: Context): ProposalId {
  const proposalId = parseProposalId(param(ctx, 'proposal'));
  if (!proposalId) throw new RequestError('not_found');
  return proposalId;
}

const besideNothing = ({ code, values }: FieldError): FieldError => ({ code, ...(values && { values }) });

function errorsOf(outcome: Exclude<ProposeOutcome, { kind: 'proposed' }>, pasted: boolean): FieldError[] {
  if (outcome.kind === 'refused') return errorsOfFaults(outcome.faults, { pasted });
  if (outcome.kind === 'waits_already') return [{ code: 'portal_waits_already' }];
  const errors = preparationErrors(outcome);
  return pasted ? errors.map(besideNothing) : errors;
}

function preparationErrors(outcome: Exclude<PreparedPortal, { kind: 'prepared' }>): FieldError[] {
  switch (outcome.kind) {
    case 'disabled':
      return [{ code: 'portal_id_disabled', field: 'portal_id' }];
    case 'sector_fixed':
      return [{ code: 'portal_sector_fixed', field: 'sector', values: { sector: outcome.sector } }];
    case 'invalid':
      return outcome.reasons.map((what) => ({ code: 'portal_invalid', values: { what } }));
    default:
      return unreachable(outcome);
  }
}
