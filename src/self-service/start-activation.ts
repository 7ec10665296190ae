import type { AccountFacts } from '../accounts/account.ts';
import { findAccount, findAccountByNationalId } from '../accounts/find-account.ts';
import { findInvitation } from '../accounts/find-invitation.ts';
import { reachedThrough } from '../accounts/guardianship.policy.ts';
import type { Invitation } from '../accounts/invitation.ts';
import { record } from '../audit/record.ts';
import { NO_ONE } from '../authenticators/claimant.ts';
import { sendSmsCode, type SendSmsCodeDeps } from '../authenticators/otp/send-sms-code.ts';
import type { Locale } from '../http/locale.ts';
import { epochSeconds } from '../kernel/clock.ts';
import { dayInHanoi } from '../kernel/day.ts';
import type { IdentifierKey } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { NationalId } from '../registry/national-id.ts';
import { parsePhoneNumber } from '../registry/phone-number.ts';
import { keyedHash } from '../storage/keyed-hash.ts';
import type { Keyring } from '../storage/keyring.ts';
import { answerActivation } from './activation-answer.policy.ts';
import type { Invitee } from './activation.ts';
import { insertActivation, type ActivationKey } from './activation.store.ts';
import { activationRequested } from './events.ts';
import { countBeginning } from './registration-count.store.ts';
import { tellHolder, type TellHolderDeps } from './tell-holder-of-account.ts';

export interface StartActivationDeps extends SendSmsCodeDeps, TellHolderDeps {
  readonly keyring: Keyring;
}

export type StartActivationOutcome =
  | { readonly kind: 'started' }
  | { readonly kind: 'too_many'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unavailable' };

/**
 * Begins an activation. `started` says nothing about the person: an invited holder, a stranger and somebody whose days are
 * over cost the same questions to database and Redis, and what goes to a phone goes after the answer.
 */
export async function startActivation(
  deps: StartActivationDeps,
  key: ActivationKey,
  nationalId: NationalId,
  locale: Locale,
): Promise<StartActivationOutcome> {
  const now = deps.clock.now();
  const hash = (text: string) => keyedHash(deps.keyring, 'activation', text).hash.toString('base64url');
  const permitted = await countBeginning(deps.cache, [`activation:${hash(nationalId.reveal())}`]);
  if (permitted.kind === 'too_many') return permitted;

  const account = await findAccountByNationalId(deps, nationalId);
  const invitation = await findInvitation(deps, account?.subject ?? NO_ONE);
  const reached = await findAccount(deps, (account && reachedThrough(account, now)) ?? NO_ONE);
  const phone = parsePhoneNumber(reached?.personal.reveal().phone ?? '');
  const standing = account && standingOf(account, reached, phone !== undefined);
  const answer = answerActivation({ account: standing, invitation }, now);

  // Counted apart from signing in and anew each day: who knows a number can neither lock its account nor close this door.
  const counted = hash(`${dayInHanoi(now)} ${nationalId.reveal()}`) as IdentifierKey;
  await record(deps.db, activationRequested(counted, answer, account?.subject), now);
  const sent = await sendSmsCode(deps, {
    transaction: key,
    purpose: 'activate',
    who: { key: counted },
    phone: answer.kind === 'send_code' ? phone : undefined,
    locale,
  });
  if (sent.kind === 'too_soon') return { kind: 'too_many', retryAfterSeconds: sent.retryAfterSeconds };
  if (sent.kind === 'too_many')
    return { kind: 'too_many', retryAfterSeconds: epochSeconds(sent.until) - epochSeconds(now) };
  if (sent.kind === 'unavailable') return sent;
  await insertActivation(deps, key, {
    kind: 'open',
    counted,
    nationalId: new Sealed(nationalId.reveal()),
    resendAtSeconds: epochSeconds(now) + sent.resendAfterSeconds,
    proofs: [],
    ...(answer.kind === 'send_code' && { invitee: inviteeOf(account, invitation, reached) }),
  });
  if (answer.kind === 'tell_lapsed' && phone) tellHolder(deps, phone, 'message.invitation_lapsed', locale);
  return { kind: 'started' };
}

/** A guardian whose own account is locked activates nothing either. */
const standingOf = (
  { subject, state, grounds }: AccountFacts,
  reached: AccountFacts | undefined,
  hasPhone: boolean,
) => ({
  state,
  locked: grounds.length > 0 || (reached?.subject !== subject && reached?.grounds.length !== 0),
  hasPhone,
});

function inviteeOf(
  account: AccountFacts | undefined,
  invitation: Invitation | undefined,
  reached: AccountFacts | undefined,
): Sealed<Invitee> {
  const phone = reached?.personal.reveal().phone;
  if (!account || !invitation || phone === undefined) throw new Error('a code for nobody');
  return new Sealed({
    subject: account.subject,
    change: invitation.change,
    level: invitation.change === 'raise_level' ? '02' : (account.level ?? '02'),
    through: reached?.subject ?? account.subject,
    phone,
    personal: account.personal.reveal(),
  });
}
