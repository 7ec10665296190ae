import type { Context } from 'koa';
import type { PersonInCare } from '../../accounts/dependants/list-people-in-care.ts';
import { dependantLookedAt } from '../../accounts/dependants/events.ts';
import type { RequestRefusal } from '../../accounts/dependants/dependant-request.policy.ts';
import { listOpenLocks } from '../../accounts/list-open-locks.ts';
import { listAccountEvents } from '../../audit/list-account-events.ts';
import { record } from '../../audit/record.ts';
import { page, type FieldError } from '../../http/page.ts';
import { query } from '../../http/serve-routes.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { PortalId } from '../../kernel/ids.ts';
import { listConsents } from '../../portals/list-consents.ts';
import type { PortalDirectory } from '../../portals/portal-directory.ts';
import { maskPhoneNumber, parsePhoneNumber } from '../../registry/phone-number.ts';
import type { Database } from '../../storage/postgres.ts';
import { consentLines } from '../consent-lines.ts';
import type { Visitor } from '../find-visitor.ts';
import { historyDays } from '../history.ts';
import { mayGuardianUnlock } from '../lock/self-unlock.policy.ts';
import { careLine } from './care-line.ts';
import type { CarePersonModel } from './care.views.ts';

export interface CarePagesDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly portals: Pick<PortalDirectory, 'find'>;
}

/** What the guardian is shown of a dependant's trail: sign-ins, and what stands in their way. */
const KINDS = [
  'sign_in.completed',
  'provider.signed_on',
  'sign_in.refused',
  'guardian.confirmed',
  'password.rejected',
  'totp.rejected',
  'passkey.rejected',
  'account.opened',
  'account.locked',
  'account.lock_ended',
  'account.guardian_changed',
  'consent.decided',
  'consent.withdrawn',
] as const;
const EVENTS = 50;
const DONE = ['requested', 'locked', 'unlocked', 'in_charge'] as const;

/** Asks for consent before an account is asked for; with what was wrong, or why it cannot be. */
export function showRequest(
  ctx: Context,
  { account }: Visitor,
  person: PersonInCare,
  refused: { readonly errors?: readonly FieldError[]; readonly reasons?: readonly RequestRefusal[] } = {},
): void {
  const line = careLine(person);
  const phone = parsePhoneNumber(account.personal.reveal().phone ?? '');
  const reasons = refused.reasons ?? line.reasons;
  const model = {
    line: { ...line, reasons, ...(refused.reasons && { status: 'refused' as const }) },
    maskedPhone: phone ? maskPhoneNumber(phone) : '',
    ...(refused.errors && { errors: refused.errors }),
  };
  const status = model.line.status === 'may_request' ? 200 : 409;
  page(ctx, 'self-service/care-request', model, refused.errors ? 400 : status);
}

/** One person in care: where the account stands, its sign-ins, what portals got. The look is in that person's own trail. */
export async function showPerson(deps: CarePagesDeps, ctx: Context, visitor: Visitor, person: PersonInCare) {
  const line = careLine(person);
  const asked = query(ctx, 'done');
  const done = DONE.find((one) => one === asked);
  const model = { line, ...(done && { done }), ...(await knownOf(deps, visitor, person)) };
  page(ctx, 'self-service/care-person', model);
}

async function knownOf(
  deps: CarePagesDeps,
  visitor: Visitor,
  { account }: PersonInCare,
): Promise<Pick<CarePersonModel, 'days' | 'portals' | 'may'>> {
  if (!account?.isInCharge) return { days: [], portals: [], may: { lock: false, unlock: false } };
  const { subject, state } = account.facts;
  const [events, consents, locks] = await Promise.all([
    listAccountEvents(deps, subject, { kinds: KINDS, limit: EVENTS }),
    listConsents(deps, subject),
    listOpenLocks(deps, subject),
    record(deps.db, dependantLookedAt(subject, visitor.subject), deps.clock.now()),
  ]);
  const asked = locks.find(({ ground }) => ground === 'self_request');
  const find = (portalId: PortalId) => deps.portals.find(portalId);
  return {
    days: historyDays(events, (portalId) => find(portalId)?.name),
    portals: consentLines(consents, find),
    may: { lock: state === 'active' && !asked, unlock: asked !== undefined && mayGuardianUnlock(asked) },
  };
}
