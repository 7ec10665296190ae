import type { Context } from 'koa';
import { formatPhone } from '../../http/format.ts';
import { parseApplicationNumber } from '../../accounts/organisations/application.ts';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import type { Route } from '../../http/route.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { parseNationalId } from '../../registry/national-id.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { parseCaseForm } from './case-form.ts';
import { showNewCase } from './case-pages.routes.ts';
import type { CasesDeps } from './cases.routes.ts';
import type { CaseValues } from './cases.views.ts';
import { parseCaseNumber } from './enrolment-case.ts';
import { lookUpCitizen } from './look-up-citizen.ts';
import { RENEWAL_REASONS } from './renewal.policy.ts';
import { renewLapsed } from './renew-lapsed.ts';
import { submitCase } from './submit-case.ts';

const FIELDS = [
  'basis',
  'card_seen',
  'card_application',
  'face_match',
  'fingerprint_match',
  'consent',
  'form_number',
  'phone',
  'email',
  'with_guardian',
  'guardian_number',
  'guardian_seen',
] as const;
const EMPTY = Object.fromEntries(FIELDS.map((name) => [name, ''])) as unknown as CaseValues;
/** By address: a whole office sits behind one; 3 to 5 minutes a citizen. */
const LIMIT = { points: 600, seconds: 60 * 60 } as const;
const MALFORMED = 400;

/** The counter: scan or number, then the one form; and the help desk's renewal of what lapsed. */
export function counterRoutes(deps: CasesDeps): readonly Route[] {
  function showScan(ctx: Context, error?: FieldError, status = MALFORMED): void {
    if (!error) return page(ctx, 'console/cases/scan', {});
    page(ctx, 'console/cases/scan', { errors: [error], scanned: field(ctx, 'scanned') }, status);
  }

  /** Looks the citizen up and hands them to `show`; what cannot be found goes back to the first field. */
  async function withCitizen(ctx: Context, show: (found: Parameters<typeof showNewCase>[1]) => void): Promise<void> {
    const outcome = await lookUpCitizen(deps, currentOfficer(ctx), field(ctx, 'scanned'));
    switch (outcome.kind) {
      case 'found':
        return show(outcome);
      case 'malformed':
        return showScan(ctx, { code: 'scanned_malformed', field: 'scanned' });
      case 'not_found':
        return showScan(ctx, { code: 'citizen_not_found', field: 'scanned' }, 404);
      case 'unavailable':
        return showScan(ctx, { code: 'registry_unavailable' }, 503);
      default:
        return unreachable(outcome);
    }
  }

  const lookUp = (ctx: Context): Promise<void> =>
    withCitizen(ctx, (found) => {
      // The registry's own number is offered: the citizen confirms it, or gives another.
      const phone = formatPhone(found.person.phone ?? '');
      showNewCase(ctx, found, { scanned: field(ctx, 'scanned'), values: { ...EMPTY, phone } });
    });

  async function submit(ctx: Context): Promise<void> {
    const scanned = field(ctx, 'scanned');
    const values = Object.fromEntries(FIELDS.map((name) => [name, field(ctx, name)])) as unknown as CaseValues;
    const form = parseCaseForm(scanned, values);
    if (form.kind === 'malformed')
      return withCitizen(ctx, (found) => showNewCase(ctx, found, { scanned, values }, { errors: form.errors }));
    const outcome = await submitCase(deps, currentOfficer(ctx), form.application);
    switch (outcome.kind) {
      case 'submitted':
        return seeOther(ctx, `/console/cases/${outcome.caseId}?done=submitted`);
      case 'refused':
        return withCitizen(ctx, (found) => showNewCase(ctx, found, { scanned, values }, { refusals: outcome.reasons }));
      case 'not_found':
        return showScan(ctx, { code: 'citizen_not_found', field: 'scanned' }, 404);
      case 'unavailable':
        return showScan(ctx, { code: 'registry_unavailable' }, 503);
      default:
        return unreachable(outcome);
    }
  }

  async function renew(ctx: Context): Promise<void> {
    const values = { case_number: field(ctx, 'case_number'), reason: field(ctx, 'reason') };
    const refused = (code: string, name: string, status = MALFORMED) =>
      page(ctx, 'console/cases/renew', { reasons: RENEWAL_REASONS, values, errors: [{ code, field: name }] }, status);
    // Twelve digits are a person's: cases have fewer.
    const named =
      parseNationalId(values.case_number) ??
      parseCaseNumber(values.case_number) ??
      parseApplicationNumber(values.case_number);
    const reason = RENEWAL_REASONS.find((one) => one === values.reason);
    if (named === undefined) return refused('case_number_malformed', 'case_number');
    if (!reason) return refused('renewal_reason_missing', 'reason');
    const outcome = await renewLapsed(deps, currentOfficer(ctx), named, reason);
    switch (outcome.kind) {
      case 'renewed':
        return page(ctx, 'console/cases/renew', { reasons: RENEWAL_REASONS, renewed: { until: outcome.expiresAt } });
      case 'not_invited':
        return refused('no_invitation', 'case_number', 404);
      case 'still_good':
        return page(
          ctx,
          'console/cases/renew',
          {
            reasons: RENEWAL_REASONS,
            values,
            errors: [{ code: 'invitation_still_good', field: 'case_number', values: { until: outcome.until } }],
          },
          409,
        );
      default:
        return unreachable(outcome);
    }
  }

  const NEW = officerMay('open_case');
  const RENEW = officerMay('renew_invitation');
  return [
    { method: 'GET', path: '/console/cases/new', guard: NEW, handle: (ctx) => showScan(ctx) },
    { method: 'POST', path: '/console/cases/look-up', guard: NEW, limit: LIMIT, fields: ['scanned'], handle: lookUp },
    {
      method: 'POST',
      path: '/console/cases',
      guard: NEW,
      limit: LIMIT,
      fields: ['scanned', ...FIELDS],
      handle: submit,
    },
    {
      method: 'GET',
      path: '/console/invitations',
      guard: RENEW,
      handle: (ctx) => page(ctx, 'console/cases/renew', { reasons: RENEWAL_REASONS }),
    },
    {
      method: 'POST',
      path: '/console/invitations',
      guard: RENEW,
      limit: LIMIT,
      fields: ['case_number', 'reason'],
      handle: renew,
    },
  ];
}
