import type { Locale } from '../../http/locale.ts';
import type { Texts } from '../../http/texts.ts';

/** One message with Vietnamese marks holds 70 characters (UCS-2, 3GPP TS 23.038); a second one costs again. */
const SEGMENT = 70;
const NAME_ROOM = 10;

export interface SmsTextRequest {
  readonly locale: Locale;
  readonly purpose: 'sign_in' | 'register' | 'activate' | 'guardian';
  readonly code: string;
  readonly portalName: string | undefined;
  /** With `guardian`: the given name of whom the code lets in. */
  readonly dependant?: string;
  /** The host that the code is bound to. */
  readonly host: string;
}

/**
 * The text around a code: the code first, then what for, never a link, and last the line that binds it to our host
 * ("Origin-bound one-time codes delivered via SMS", WICG). A portal's name is cut so that all stays one message.
 */
export function smsText(texts: Texts, request: SmsTextRequest): string {
  const { locale, purpose, code, portalName, dependant = '', host } = request;
  const name = cut(dependant.normalize('NFC'), NAME_ROOM);
  const binding = `@${host} #${code}`;
  if (!portalName) return `${texts(locale, `message.sms_code.${purpose}`, { code, name })}\n${binding}`;
  const speak = (portal: string) =>
    `${texts(locale, `message.sms_code.${purpose}_at`, { code, name, portal })}\n${binding}`.normalize('NFC');
  return speak(cut(portalName.normalize('NFC'), SEGMENT - speak('').length));
}

const cut = (name: string, room: number): string =>
  name.length <= room ? name : `${name.slice(0, Math.max(0, room - 1)).trimEnd()}.`;
