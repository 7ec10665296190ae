import type { Locale } from '../../http/locale.ts';
import type { Texts } from '../../http/texts.ts';

/** One message with Vietnamese marks holds 70 characters (UCS-2, 3GPP TS 23.038); a second one costs again. */
const SEGMENT = 70;

export interface SmsTextRequest {
  readonly locale: Locale;
  readonly purpose: 'sign_in' | 'register' | 'activate';
  readonly code: string;
  readonly portalName: string | undefined;
  /** The host that the code is bound to. */
  readonly host: string;
}

/**
 * The text around a code: the code first, then what for, never a link, and last the line that binds it to our host
 * ("Origin-bound one-time codes delivered via SMS", WICG). A portal's name is cut so that all stays one message.
 */
export function smsText(texts: Texts, { locale, purpose, code, portalName, host }: SmsTextRequest): string {
  const binding = `@${host} #${code}`;
  if (!portalName) return `${texts(locale, `message.sms_code.${purpose}`, { code })}\n${binding}`;
  const speak = (portal: string) =>
    `${texts(locale, `message.sms_code.${purpose}_at`, { code, portal })}\n${binding}`.normalize('NFC');
  return speak(cut(portalName.normalize('NFC'), SEGMENT - speak('').length));
}

const cut = (name: string, room: number): string =>
  name.length <= room ? name : `${name.slice(0, Math.max(0, room - 1)).trimEnd()}.`;
