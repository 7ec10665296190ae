import type { Context } from 'koa';
import { beginTotpEnrolment, type BeginTotpEnrolmentDeps } from '../authenticators/otp/begin-totp-enrolment.ts';
import {
  beginPasskeyEnrolment,
  type BeginPasskeyEnrolmentDeps,
} from '../authenticators/webauthn/begin-passkey-enrolment.ts';
import { page } from '../http/page.ts';
import { epochSeconds } from '../kernel/clock.ts';
import { maskNationalId, parseNationalId } from '../registry/national-id.ts';
import type { OpenActivation } from './activation.ts';
import type { ActivationKey } from './activation.store.ts';
import { factorChangeOf } from './finish-activation.ts';
import type { Refused } from './register-pages.routes.ts';

export type ActivationPagesDeps = BeginPasskeyEnrolmentDeps & BeginTotpEnrolmentDeps;

/** Shows one page of an open activation, with what was wrong with its form. */
export type ShowActivation = (
  ctx: Context,
  key: ActivationKey,
  activation: OpenActivation,
  refused?: Refused,
) => Promise<void> | void;

const errorsOf = (refused: Refused | undefined) => (refused ? { errors: [refused.error] } : {});

/** The pages behind the number. */
export function activationPages(deps: ActivationPagesDeps) {
  /** Says the same whether a code was sent or not; not even the phone's last digits, which only its holder knows. */
  const showCode: ShowActivation = (ctx, _key, { resendAtSeconds }, refused) => {
    const resendAfterSeconds = Math.max(0, resendAtSeconds - epochSeconds(deps.clock.now()));
    page(ctx, 'self-service/activate-code', { resendAfterSeconds, ...errorsOf(refused) }, refused?.status);
  };

  const showPassword: ShowActivation = (ctx, _key, { nationalId, invitee }, refused) => {
    const number = parseNationalId(nationalId.reveal());
    if (!number) throw new Error('an activation keeps a number that is none');
    const { change, subject, through } = invitee?.reveal() ?? {};
    const kind = change === 'raise_level' ? 'known' : subject === through ? 'new' : 'dependant';
    const model = { maskedNationalId: maskNationalId(number), kind, ...errorsOf(refused) } as const;
    page(ctx, 'self-service/activate-password', model, refused?.status);
  };

  const showFactor: ShowActivation = async (ctx, key, activation, refused) => {
    const begun = await beginPasskeyEnrolment(deps, changeOf(key, activation), labelOf(activation));
    if (begun.kind !== 'begun') throw new Error(`no passkey at an activation: ${begun.kind}`);
    page(ctx, 'self-service/activate-factor', { passkey: begun.options, ...errorsOf(refused) }, refused?.status);
  };

  const showApp: ShowActivation = async (ctx, key, activation, refused) => {
    const begun = await beginTotpEnrolment(deps, changeOf(key, activation), labelOf(activation));
    if (begun.kind !== 'begun') throw new Error(`no app at an activation: ${begun.kind}`);
    const model = { secret: begun.secret.reveal(), uri: begun.uri.reveal(), ...errorsOf(refused) };
    page(ctx, 'self-service/activate-app', model, refused?.status);
  };

  return { showCode, showPassword, showFactor, showApp };
}

function changeOf(key: ActivationKey, activation: OpenActivation) {
  const change = factorChangeOf(key, activation);
  if (!change) throw new Error('this activation stands at another step');
  return change;
}

/** What the device or the app lists the account under. */
const labelOf = ({ invitee }: OpenActivation): string => invitee?.reveal().personal.fullName ?? '';
