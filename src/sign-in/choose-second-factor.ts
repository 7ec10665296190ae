import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import { sendSmsCode, type SendSmsCodeDeps, type SendSmsCodeOutcome } from '../authenticators/otp/send-sms-code.ts';
import type { Locale } from '../http/locale.ts';
import { epochSeconds } from '../kernel/clock.ts';
import { parsePhoneNumber } from '../registry/phone-number.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

export type ChooseDeps = FindAccountDeps & SendSmsCodeDeps;
export type ChooseOutcome =
  { readonly kind: 'chosen'; readonly visit: Visit } | Exclude<SendSmsCodeOutcome, { kind: 'sent' | 'too_soon' }>;

/** Takes up one second factor. For a code by SMS this sends it; choosing SMS again sends another, within the limits. */
export async function chooseSecondFactor(
  deps: ChooseDeps,
  visit: Visit,
  by: 'sms_code' | 'totp',
  locale: Locale,
): Promise<ChooseOutcome> {
  const { who } = visit.signIn;
  if (by === 'totp' || !who?.account) {
    return { kind: 'chosen', visit: await keepVisit(deps, { ...visit, signIn: { ...visit.signIn, chosen: by } }) };
  }
  const facts = await findAccount(deps, who.account.subject);
  const phone = parsePhoneNumber(facts?.personal.reveal().phone ?? '');
  const sent = await sendSmsCode(deps, {
    transaction: visit.interaction.id,
    purpose: 'sign_in',
    who: { key: who.key, subject: who.account.subject },
    phone,
    portalName: visit.portal.name[locale],
    locale,
  });
  if (sent.kind !== 'sent' && sent.kind !== 'too_soon') return sent;
  const waitSeconds = sent.kind === 'sent' ? sent.resendAfterSeconds : sent.retryAfterSeconds;
  const resendAtSeconds = epochSeconds(deps.clock.now()) + waitSeconds;
  const signIn = { ...visit.signIn, chosen: by, resendAtSeconds };
  return { kind: 'chosen', visit: await keepVisit(deps, { ...visit, signIn }) };
}
