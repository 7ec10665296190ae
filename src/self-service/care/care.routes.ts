import type { Context } from 'koa';
import { endLock } from '../../accounts/end-lock.ts';
import { guardianActor } from '../../accounts/events.ts';
import {
  findPersonInCare,
  listPeopleInCare,
  type CareDeps as ListDeps,
  type PersonInCare,
} from '../../accounts/dependants/list-people-in-care.ts';
import { requestAccount, type RequestDeps } from '../../accounts/dependants/request-account.ts';
import { takeCharge } from '../../accounts/dependants/take-charge.ts';
import { listOpenLocks } from '../../accounts/list-open-locks.ts';
import { lockAccount } from '../../accounts/lock-account.ts';
import { listAuthenticators } from '../../authenticators/list-authenticators.ts';
import { requireFreshFactor } from '../../authenticators/require-fresh-factor.ts';
import { field } from '../../http/form.ts';
import { localeOf, page } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { query } from '../../http/serve-routes.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import type { AccountSession } from '../account-session.routes.ts';
import { activationDoor, PAGES } from '../activation-door.routes.ts';
import { activationKeyOf, newActivationToken } from '../activation.store.ts';
import { seeOther } from '../door-cookie.routes.ts';
import type { Visitor } from '../find-visitor.ts';
import { mayGuardianUnlock } from '../lock/self-unlock.policy.ts';
import { startActivation, type StartActivationDeps } from '../start-activation.ts';
import { careLine } from './care-line.ts';
import { showPerson, showRequest, type CarePagesDeps } from './care-pages.routes.ts';

export type CareDeps = CarePagesDeps & Omit<ListDeps, 'db' | 'registry'> & RequestDeps & ListDeps & StartActivationDeps;

const CARE = '/account/care';
const PERSON = `${CARE}/person`;
const REQUEST = `${CARE}/request`;
const LOCK = `${CARE}/lock`;
const TRY = { points: 60, seconds: 60 * 60 } as const;
type Handle = (ctx: Context, visitor: Visitor, person: PersonInCare) => Promise<void> | void;

/**
 * The people in a guardian's care, by the register of this moment: accounts for them, and what is done with these. Everything
 * here asks for a sign-in of level 02 with the highest factors, made lately; who is in care is told to the guardian alone.
 */
export function careRoutes(deps: CareDeps, session: AccountSession): readonly Route[] {
  /** Lets in a guardian of level 02 who signed in lately as strongly as they can; `wanted`: where they come back to. */
  async function admit(ctx: Context, visitor: Visitor, wanted: string): Promise<boolean> {
    if (visitor.level !== '02') {
      page(ctx, 'self-service/care', { fromRegister: true, people: [], needsLevel02: true }, 403);
      return false;
    }
    const fresh = await requireFreshFactor(deps, visitor.change);
    if (fresh.kind === 'fresh') return true;
    session.stepUp(ctx, visitor, await listAuthenticators(deps, visitor.subject), wanted);
    return false;
  }

  /** A page or form about one person; a reference that is nobody's in this guardian's care leads nowhere. */
  const about = (wanted: string, handle: Handle) => async (ctx: Context, visitor: Visitor) => {
    const of = ctx.method === 'POST' ? field(ctx, 'of') : (query(ctx, 'of') ?? '');
    const ref = /^[\w-]{43}$/.test(of) ? of : '';
    if (!(await admit(ctx, visitor, ref ? `${wanted}?of=${ref}` : CARE))) return;
    const person = ref ? await findPersonInCare(deps, visitor.account, ref) : undefined;
    if (!person) throw new RequestError('not_found');
    await handle(ctx, visitor, person);
  };
  const personPage = ({ ref }: PersonInCare, done?: string) => `${PERSON}?of=${ref}${done ? `&done=${done}` : ''}`;

  async function showCare(ctx: Context, visitor: Visitor): Promise<void> {
    if (!(await admit(ctx, visitor, CARE))) return;
    const { fromRegister, people } = await listPeopleInCare(deps, visitor.account);
    page(ctx, 'self-service/care', { fromRegister, people: people.map(careLine), needsLevel02: false });
  }

  const request: Handle = async (ctx, visitor, person) => {
    if (field(ctx, 'consent') !== 'on')
      return showRequest(ctx, visitor, person, { errors: [{ code: 'care_consent_missing', field: 'consent' }] });
    const outcome = await requestAccount(deps, visitor.subject, person.nationalId);
    switch (outcome.kind) {
      case 'granted':
        return seeOther(ctx, personPage(person, 'requested'));
      case 'refused':
        return showRequest(ctx, visitor, person, { reasons: outcome.reasons });
      case 'unavailable':
        throw new RequestError('unavailable');
      default:
        return unreachable(outcome);
    }
  };

  /** The same activation as anybody's, its number known: the code goes to the guardian's phone. */
  const activate: Handle = async (ctx, _visitor, person) => {
    const token = newActivationToken();
    const key = activationKeyOf(token);
    if (!key) throw new Error('a token of ours has no key');
    const outcome = await startActivation(deps, key, person.nationalId, localeOf(ctx));
    switch (outcome.kind) {
      case 'started':
        activationDoor(deps).token.set(ctx, token);
        return seeOther(ctx, PAGES.code);
      case 'too_many':
        throw new RequestError('too_many_requests', outcome.retryAfterSeconds);
      case 'unavailable':
        throw new RequestError('unavailable');
      default:
        return unreachable(outcome);
    }
  };

  const charge: Handle = async (ctx, visitor, person) => {
    const { kind } = await takeCharge(deps, visitor.subject, person.nationalId);
    if (kind === 'unavailable') throw new RequestError('unavailable');
    seeOther(ctx, kind === 'in_charge' ? personPage(person, 'in_charge') : CARE);
  };

  const lock: Handle = async (ctx, { subject: guardian }, person) => {
    const subject = inCharge(person);
    await lockAccount(deps, subject, { ground: 'self_request', actor: guardianActor(guardian) });
    seeOther(ctx, personPage(person, 'locked'));
  };

  const unlock: Handle = async (ctx, { subject: guardian }, person) => {
    const subject = inCharge(person);
    const asked = (await listOpenLocks(deps, subject)).find(({ ground }) => ground === 'self_request');
    if (!asked || !mayGuardianUnlock(asked)) return seeOther(ctx, personPage(person));
    await endLock(deps, subject, { ground: 'self_request', way: 'holder', actor: guardianActor(guardian) });
    seeOther(ctx, personPage(person, 'unlocked'));
  };

  const get = (path: string, handle: Handle): Route =>
    session.route({ method: 'GET', path, handle: about(path, handle) });
  const post = (path: string, wanted: string, handle: Handle, more: readonly string[] = []): Route =>
    session.route({ method: 'POST', path, fields: ['of', ...more], limit: TRY, handle: about(wanted, handle) });
  return [
    session.route({ method: 'GET', path: CARE, handle: showCare }),
    get(PERSON, (ctx, visitor, person) => showPerson(deps, ctx, visitor, person)),
    get(REQUEST, (ctx, visitor, person) => showRequest(ctx, visitor, person)),
    post(REQUEST, REQUEST, request, ['consent']),
    post(`${CARE}/activate`, PERSON, activate),
    post(`${CARE}/charge`, PERSON, charge),
    get(LOCK, (ctx, _visitor, person) => {
      inCharge(person);
      page(ctx, 'self-service/care-lock', { line: careLine(person) });
    }),
    post(LOCK, LOCK, lock),
    post(`${CARE}/unlock`, PERSON, unlock),
  ];
}

/** Whose account the guardian may lock and open: one they are in charge of. */
function inCharge({ account }: PersonInCare) {
  if (!account?.isInCharge) throw new RequestError('not_found');
  return account.facts.subject;
}
