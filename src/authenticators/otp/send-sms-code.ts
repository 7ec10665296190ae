import { record } from '../../audit/record.ts';
import type { Delivery, SendOutcome } from '../../delivery/message.ts';
import type { Locale } from '../../http/locale.ts';
import type { Texts } from '../../http/texts.ts';
import type { Clock } from '../../kernel/clock.ts';
import { randomDigits, randomToken } from '../../kernel/random.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { PhoneNumber } from '../../registry/phone-number.ts';
import { keyedHash } from '../../storage/keyed-hash.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import type { Claimant } from '../claimant.ts';
import { smsCodeNotDelivered, smsCodeRequested } from '../events.ts';
import { orUnavailable, type Unavailable } from '../or-unavailable.ts';
import type { GatewayWatch } from './gateway-watch.ts';
import { stricter, type SendDecision } from './send-limits.policy.ts';
import { reserveSend } from './send-limits.store.ts';
import { SMS_CODE_PURPOSE, smsCodeInput } from './sms-code-hash.ts';
import { SMS_CODE } from './sms-code.policy.ts';
import { saveCode } from './sms-code.store.ts';
import { smsText, type SmsTextRequest } from './sms-text.ts';

export interface SendSmsCodeDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'hashing'>;
  readonly delivery: Delivery;
  readonly gatewayWatch: GatewayWatch;
  readonly texts: Texts;
  /** What the code is bound to in the text: the issuer's host. */
  readonly issuer: string;
  readonly log: { error(facts: object, message: string): void };
}

export interface SmsCodeRequest {
  /** The sign-in or registration that the code is good for. */
  readonly transaction: string;
  readonly purpose: SmsTextRequest['purpose'];
  /**
   * Where strangers may ask (registration) its key is one of their own: whoever knows a number must not use up the codes
   * that its holder signs in with.
   */
  readonly who: Claimant;
  /** Undefined makes a decoy: the same answer, counting and work; nothing is sent, and no code will match. */
  readonly phone: PhoneNumber | undefined;
  readonly portalName?: string;
  /** For a guardian: the given name of whom the code is to let in. */
  readonly dependant?: Sealed<string>;
  readonly locale: Locale;
}

export type SendSmsCodeOutcome =
  | { readonly kind: 'sent'; readonly resendAfterSeconds: number }
  | Exclude<SendDecision, { kind: 'permitted' }>
  | Unavailable;

/**
 * Makes a code for the transaction and hands it to delivery after the answer is decided, so that neither time nor outcome
 * tells whether a person stands behind the number. `unavailable` while messages fail for everybody, or a store is gone.
 */
export function sendSmsCode(deps: SendSmsCodeDeps, request: SmsCodeRequest): Promise<SendSmsCodeOutcome> {
  return orUnavailable(async () => {
    const now = deps.clock.now();
    if (deps.gatewayWatch.isDown(now)) return { kind: 'unavailable' };
    const decision = await countSend(deps, request, now);
    if (decision.kind !== 'permitted') return decision;
    const code = randomDigits(SMS_CODE.digits);
    const guarded = smsCodeInput(request.transaction, request.who.key, request.phone ? code : randomToken(32));
    const { hash } = keyedHash(deps.keyring, SMS_CODE_PURPOSE, guarded);
    await Promise.all([
      saveCode(deps.cache, request.transaction, request.who.key, hash.toString('base64url')),
      record(deps.db, smsCodeRequested(request.who, request.purpose), now),
    ]);
    const { phone } = request;
    if (phone) setImmediate(() => void dispatch(deps, request, phone, code));
    return { kind: 'sent', resendAfterSeconds: decision.resendAfterSeconds };
  });
}

/**
 * Per identifier and per number; a decoy counts on a number made up from the identifier. What a dependant's sign-in sends to
 * the guardian is counted apart: it must not use up the codes that the guardian signs in with.
 */
async function countSend(deps: SendSmsCodeDeps, request: SmsCodeRequest, now: Date): Promise<SendDecision> {
  const to = request.phone?.reveal() ?? `no phone of ${request.who.key}`;
  const counted = request.purpose === 'guardian' ? `guardian ${to}` : to;
  const number = keyedHash(deps.keyring, 'code-sends', counted).hash.toString('base64url');
  const [byIdentifier, byNumber] = await Promise.all([
    reserveSend(deps.cache, request.who.key, now),
    reserveSend(deps.cache, number, now),
  ]);
  return stricter(byIdentifier, byNumber);
}

async function dispatch(
  deps: SendSmsCodeDeps,
  request: SmsCodeRequest,
  phone: PhoneNumber,
  code: string,
): Promise<void> {
  const { locale, purpose, portalName, dependant, who } = request;
  try {
    const host = new URL(deps.issuer).hostname;
    const text = smsText(deps.texts, {
      locale,
      purpose,
      code,
      portalName,
      host,
      ...(dependant && { dependant: dependant.reveal() }),
    });
    const outcome: SendOutcome = await deps.delivery.send({ channel: 'sms', to: phone, text: new Sealed(text) });
    deps.gatewayWatch.noteOutcome(outcome, deps.clock.now());
    if (outcome.kind === 'failed') await record(deps.db, smsCodeNotDelivered(who, outcome.reason), deps.clock.now());
  } catch (error) {
    deps.log.error({ err: error }, 'a code could not be handed to delivery');
  }
}
