import type { Context } from 'koa';
import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import { beginPasskeyAssertion } from '../authenticators/webauthn/begin-passkey-assertion.ts';
import {
  beginPasskeyEnrolment,
  type BeginPasskeyEnrolmentDeps,
} from '../authenticators/webauthn/begin-passkey-enrolment.ts';
import { page, type FieldError } from '../http/page.ts';
import { epochSeconds, type Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { portalLinks, type Portal } from '../portals/portal.ts';
import { formatNationalId, parseNationalId } from '../registry/national-id.ts';
import { mayActFor } from '../portals/acting.policy.ts';
import { findPortalAccess } from '../portals/find-portal-access.ts';
import { consentItems } from './consent-items.ts';
import { factorChangeOf } from './enrol-passkey.ts';
import { guardianModel, type GuardianModelDeps } from './guardian-model.ts';
import type { SecondWay, Step, UnavailableReason } from './next-step.policy.ts';
import type { PortalIntroduced, UnavailableModel, Way } from './sign-in.views.ts';
import type { Visit } from './visit.ts';

export type ShowDeps = FindAccountDeps & BeginPasskeyEnrolmentDeps & GuardianModelDeps;

/** What a refused form adds to the page it came from. */
export interface Refusal {
  readonly errors: readonly FieldError[];
  readonly status: number;
  readonly typed?: string;
  readonly lockedUntil?: Date;
}

/** Where the forms of a visit go. */
export const baseOf = (visit: Visit): string => `/interaction/${visit.interaction.id}`;

/** Answers with the page of a step. */
export async function showStep(
  deps: ShowDeps,
  ctx: Context,
  visit: Visit,
  step: Exclude<Step, { kind: 'finish' }>,
  refusal?: Refusal,
): Promise<void> {
  const { who, held } = visit.signIn;
  const status = refusal?.status ?? 200;
  const common = {
    base: baseOf(visit),
    portal: introduced(visit.portal),
    ...(refusal && { errors: refusal.errors }),
  };
  const maskedNationalId = who?.maskedNationalId ?? '';
  const locked = refusal?.lockedUntil && { lockedUntil: refusal.lockedUntil };
  const passkey = () => beginPasskeyAssertion(deps, visit.interaction.id, provenSubject(visit));
  const ways = (list: readonly SecondWay[]) => list.flatMap((way) => toWay(way, who?.account?.maskedPhone));

  switch (step.kind) {
    case 'identify': {
      const typed = refusal?.typed ?? hintedNumber(visit);
      const registerUrl = `/register?interaction=${visit.interaction.id}`;
      return page(
        ctx,
        'sign-in/identify',
        { ...common, ...(typed && { nationalId: typed }), passkey: await passkey(), registerUrl },
        status,
      );
    }
    case 'password':
      return page(
        ctx,
        'sign-in/password',
        { ...common, ...locked, maskedNationalId, passkey: await passkey() },
        status,
      );
    case 'second_factor': {
      const offer = step.ways.includes('passkey') ? { passkey: await passkey() } : {};
      return page(
        ctx,
        'sign-in/second-factor',
        { ...common, ...offer, maskedNationalId, ways: ways(step.ways) },
        status,
      );
    }
    case 'code': {
      const [way] = ways([step.by]);
      if (!way) throw new Error('a code is to be asked for in no way');
      const offer = held?.passkey && step.otherWays.includes('passkey') ? { passkey: await passkey() } : {};
      const resend = step.by === 'sms_code' ? { resendAfterSeconds: secondsUntilResend(deps, visit) } : {};
      const model = {
        ...common,
        ...locked,
        ...offer,
        ...resend,
        maskedNationalId,
        way,
        otherWays: ways(step.otherWays),
      };
      return page(ctx, 'sign-in/code', model, status);
    }
    case 'passkey': {
      const model = { ...common, maskedNationalId, passkey: await passkey(), otherWays: ways(step.otherWays) };
      return page(ctx, 'sign-in/passkey', model, status);
    }
    case 'passkey_enrol':
      return page(
        ctx,
        'sign-in/passkey-enrol',
        { ...common, maskedNationalId, passkey: await enrolment(deps, visit) },
        status,
      );
    case 'guardian': {
      const model = await guardianModel(deps, visit, step);
      return page(ctx, 'sign-in/guardian', { ...common, ...locked, maskedNationalId, ...model }, status);
    }
    case 'consent':
      return page(ctx, 'sign-in/consent', { ...common, ...(await consentModel(deps, visit)) }, status);
    case 'unavailable': {
      const model = {
        ...common,
        reason: REASONS[step.reason],
        wanted: visit.interaction.wanted,
        accountUrl: '/account',
      };
      return page(ctx, 'sign-in/unavailable', model, status);
    }
    default:
      return unreachable(step);
  }
}

const introduced = (portal: Portal): PortalIntroduced => ({
  name: portal.name,
  ...(portal.logo !== undefined && { logo: portal.logo }),
  ...portalLinks(portal),
});

/** A portal that knows the number may hint at it (OpenID Connect Core 3.1.2.1): typing is saved, nothing is decided. */
function hintedNumber({ interaction }: Visit): string | undefined {
  const nationalId = parseNationalId(interaction.loginHint ?? '');
  return nationalId && formatNationalId(nationalId);
}

const REASONS: Record<UnavailableReason, UnavailableModel['reason']> = {
  account_locked: { kind: 'account_locked' },
  account_not_active: { kind: 'account_not_active' },
  account_level_too_low: { kind: 'account_level_too_low' },
  totp_missing: { kind: 'authenticator_missing', needs: 'totp' },
  guardian_missing: { kind: 'guardian_missing' },
  guardian_unavailable: { kind: 'guardian_unavailable' },
  passkey_missing: { kind: 'authenticator_missing', needs: 'passkey' },
};

type CodeWay = Exclude<Way, { kind: 'password' }>;
function toWay(way: SecondWay, maskedPhone: string | undefined): CodeWay[] {
  if (way === 'passkey') return [];
  return [way === 'sms_code' ? { kind: 'sms_code', ...(maskedPhone && { maskedPhone }) } : { kind: 'totp' }];
}

const secondsUntilResend = (deps: { clock: Clock }, visit: Visit): number =>
  Math.max(0, (visit.signIn.resendAtSeconds ?? 0) - epochSeconds(deps.clock.now()));

async function enrolment(deps: ShowDeps, visit: Visit): Promise<object> {
  const account = await accountOf(deps, visit);
  const { fullName } = account.personal.reveal();
  const begun = await beginPasskeyEnrolment(deps, factorChangeOf(visit, account.subject), fullName);
  if (begun.kind !== 'begun') throw new Error(`a passkey was to be enrolled, but: ${begun.kind}`);
  return begun.options;
}

async function consentModel(deps: ShowDeps, visit: Visit) {
  const { portal } = visit;
  const account = await accountOf(deps, visit);
  return {
    authority: portal.authority,
    verified: !portal.dynamic,
    purpose: portal.purpose,
    items: consentItems(portal, visit.signIn.missingConsent ?? [], account.personal.reveal()),
    withdrawUrl: '/account/consents',
    ...(visit.signIn.actingChoices && { acting: await actingModel(deps, visit, account.subject) }),
  };
}

/** The organisations by name, as they are now: the facts of a visit hold no names. */
async function actingModel(deps: ShowDeps, visit: Visit, subject: SubjectId) {
  const candidates = mayActFor(await findPortalAccess(deps, subject, visit.portal));
  return candidates.map(({ record }) => record.reveal()).map(({ name, taxNumber }) => ({ name, taxNumber }));
}

async function accountOf(deps: FindAccountDeps, visit: Visit) {
  const subject = visit.signIn.who?.account?.subject;
  const account = subject && (await findAccount(deps, subject));
  if (!account) throw new Error('the account of this visit is gone');
  return account;
}

/** Whoever has proven something goes on as the same person: a challenge made now is good for their passkeys only. */
function provenSubject({ signIn, sessionProofs }: Visit): SubjectId | undefined {
  return signIn.proofs.length + sessionProofs.length > 0 ? signIn.who?.account?.subject : undefined;
}
