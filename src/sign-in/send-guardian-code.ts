import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import { givenNameOf } from '../accounts/find-reached.ts';
import { sendSmsCode, type SendSmsCodeDeps, type SendSmsCodeOutcome } from '../authenticators/otp/send-sms-code.ts';
import type { Locale } from '../http/locale.ts';
import { epochSeconds } from '../kernel/clock.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Cache } from '../storage/redis.ts';
import { confirmationOf, findGuardian } from './find-guardian.ts';
import { rereadGuardianship } from './reread-guardianship.ts';
import { stepOf } from './step-of.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

export type SendGuardianCodeDeps = FindAccountDeps & SendSmsCodeDeps & { readonly cache: Cache };
export type SendGuardianCodeOutcome =
  | { readonly kind: 'sent' | 'moved_on'; readonly visit: Visit }
  | { readonly kind: 'no_phone' }
  | Exclude<SendSmsCodeOutcome, { kind: 'sent' | 'too_soon' }>;

/**
 * Sends the guardian a code for this one sign-in, within the limits that codes have. `moved_on`: the guardian is another
 * one by now, or cannot confirm. The given name of the dependant goes into the message alone.
 */
export async function sendGuardianCode(
  deps: SendGuardianCodeDeps,
  before: Visit,
  locale: Locale,
): Promise<SendGuardianCodeOutcome> {
  const visit = await rereadGuardianship(deps, before);
  const step = stepOf(visit, deps.clock.now());
  const subject = visit.signIn.who?.account?.subject;
  if (step.kind !== 'guardian' || !subject) return { kind: 'moved_on', visit: await keepVisit(deps, visit) };
  const [guardian, dependant] = await Promise.all([
    findGuardian(deps, step.guardian, subject),
    findAccount(deps, subject),
  ]);
  const { phone, who } = guardian;
  if (!phone) return { kind: 'no_phone' };
  const sent = await sendSmsCode(deps, {
    transaction: confirmationOf(visit),
    purpose: 'guardian',
    who,
    phone,
    portalName: visit.portal.name[locale],
    dependant: new Sealed(dependant ? givenNameOf(dependant) : ''),
    locale,
  });
  if (sent.kind !== 'sent' && sent.kind !== 'too_soon') return sent;
  const waitSeconds = sent.kind === 'sent' ? sent.resendAfterSeconds : sent.retryAfterSeconds;
  const guardianCode = { guardian: step.guardian, resendAtSeconds: epochSeconds(deps.clock.now()) + waitSeconds };
  return { kind: 'sent', visit: await keepVisit(deps, { ...visit, signIn: { ...visit.signIn, guardianCode } }) };
}
