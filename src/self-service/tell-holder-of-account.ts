import type { Delivery } from '../delivery/message.ts';
import type { Locale } from '../http/locale.ts';
import type { Texts } from '../http/texts.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { PhoneNumber } from '../registry/phone-number.ts';

export interface TellHolderDeps {
  readonly delivery: Delivery;
  readonly texts: Texts;
  readonly log: { error(facts: object, message: string): void };
}

/**
 * Tells the phone on record that there is an account already: neither code nor link, so that nothing in it is worth
 * stealing. Goes out after the answer; whoever asked sees the same page as everybody.
 */
export const tellHolderOfAccount = (deps: TellHolderDeps, phone: PhoneNumber, locale: Locale): void =>
  tellHolder(deps, phone, 'message.account_exists', locale);

/** The same with another text of views/locales, which holds neither code nor link. */
export function tellHolder(
  deps: TellHolderDeps,
  phone: PhoneNumber,
  message: 'message.account_exists' | 'message.invitation_lapsed',
  locale: Locale,
): void {
  setImmediate(() => void tell(deps, phone, message, locale));
}

async function tell(deps: TellHolderDeps, phone: PhoneNumber, message: string, locale: Locale): Promise<void> {
  try {
    const text = new Sealed(deps.texts(locale, message));
    const outcome = await deps.delivery.send({ channel: 'sms', to: phone, text });
    if (outcome.kind === 'failed')
      deps.log.error({ reason: outcome.reason }, 'a holder could not be told of the account');
  } catch (error) {
    deps.log.error({ err: error }, 'a holder could not be told of the account');
  }
}
