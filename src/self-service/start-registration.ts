import type { AccountFacts } from '../accounts/account.ts';
import { findAccountByNationalId } from '../accounts/find-account.ts';
import { record } from '../audit/record.ts';
import { sendSmsCode, type SendSmsCodeDeps } from '../authenticators/otp/send-sms-code.ts';
import type { Locale } from '../http/locale.ts';
import { epochSeconds } from '../kernel/clock.ts';
import type { IdentifierKey, InteractionId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { NationalId } from '../registry/national-id.ts';
import type { Person, PopulationRegistry } from '../registry/population-registry.ts';
import { keyedHash } from '../storage/keyed-hash.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Declaration } from './declaration.ts';
import { registrationRequested } from './events.ts';
import { newcomerOf, registryFactsOf } from './newcomer.ts';
import { answerRegistration } from './registration-answer.policy.ts';
import { countBeginning } from './registration-count.store.ts';
import { insertRegistration, type RegistrationKey } from './registration.store.ts';
import { tellHolderOfAccount, type TellHolderDeps } from './tell-holder-of-account.ts';
import { dayInHanoi } from '../kernel/day.ts';

export interface StartRegistrationDeps extends SendSmsCodeDeps, TellHolderDeps {
  readonly keyring: Keyring;
  readonly registry: PopulationRegistry;
}

export interface RegistrationRequest {
  readonly key: RegistrationKey;
  readonly declaration: Declaration;
  readonly locale: Locale;
  readonly interaction?: InteractionId;
}

export type StartOutcome =
  | { readonly kind: 'started' }
  | { readonly kind: 'registry_unavailable' }
  | { readonly kind: 'too_many'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unavailable' };

/**
 * Begins a registration. `started` says nothing about the person: a stranger, a holder of an account and a mistyped date
 * cost the same questions to registry, database and Redis, and what goes to a phone goes after the answer.
 */
export async function startRegistration(
  deps: StartRegistrationDeps,
  { key, declaration, locale, interaction }: RegistrationRequest,
): Promise<StartOutcome> {
  const { person, phone } = declaration;
  const now = deps.clock.now();
  const permitted = await countBeginning(deps.cache, [
    hashOf(deps.keyring, 'registrations-of-number', person.nationalId.reveal()),
    hashOf(deps.keyring, 'registrations-of-phone', phone.reveal()),
  ]);
  if (permitted.kind === 'too_many') return permitted;

  const [found, ofNumber] = await Promise.all([
    deps.registry.findMatching(person),
    findAccountByNationalId(deps, person.nationalId),
  ]);
  if (found.kind === 'unavailable') return { kind: 'registry_unavailable' };
  const match = found.kind === 'found' ? found.value : undefined;
  const answer = answerRegistration(caseOf(match, phone.reveal(), ofNumber), now);

  const counted = countedKey(deps.keyring, person.nationalId, now);
  await record(deps.db, registrationRequested(counted, answer, match && ofNumber?.subject), now);
  const to = answer.kind === 'send_code' ? phone : undefined;
  const sent = await sendSmsCode(deps, {
    transaction: key,
    purpose: 'register',
    who: { key: counted },
    phone: to,
    locale,
  });
  switch (sent.kind) {
    case 'too_soon':
      return { kind: 'too_many', retryAfterSeconds: sent.retryAfterSeconds };
    case 'too_many':
      return { kind: 'too_many', retryAfterSeconds: epochSeconds(sent.until) - epochSeconds(now) };
    case 'unavailable':
      return sent;
    case 'sent':
      break;
  }
  await insertRegistration(deps, key, {
    kind: 'open',
    counted,
    typed: new Sealed({ nationalId: person.nationalId.reveal(), phone: phone.reveal() }),
    resendAtSeconds: epochSeconds(now) + sent.resendAfterSeconds,
    ...(match && answer.kind === 'send_code' && { newcomer: newcomerOf(match, phone, locale) }),
    ...(interaction && { interaction }),
  });
  if (answer.kind === 'tell_holder_of_account') tellHolderOfAccount(deps, phone, locale);
  return { kind: 'started' };
}

const hashOf = (keyring: Keyring, purpose: string, text: string): string =>
  keyedHash(keyring, purpose, text).hash.toString('base64url');

/**
 * Under which tries and sends of a registration are counted: apart from signing in, and anew each day, so that a stranger
 * who knows the number can neither lock the account nor close registration for good.
 */
const countedKey = (keyring: Keyring, nationalId: NationalId, now: Date): IdentifierKey =>
  hashOf(keyring, 'registration', `${dayInHanoi(now)} ${nationalId.reveal()}`) as IdentifierKey;

const caseOf = (match: Person | undefined, typedPhone: string, ofNumber: AccountFacts | undefined) => ({
  record: match && registryFactsOf(match),
  typedPhone,
  accountOfNumber: ofNumber && { phone: ofNumber.personal.reveal().phone },
});
