import type { Texts, TextValues } from '../../http/texts.ts';
import type { Locale } from '../../http/locale.ts';

/** One message: 70 characters of UCS-2 (with marks), 160 of GSM 03.38 (without). */
const SEGMENT = { marked: 70, plain: 160 } as const;

export interface SmsTextRequest {
  readonly locale: Locale;
  readonly purpose: 'sign_in' | 'register';
  readonly code: string;
  readonly portalName: string | undefined;
  /** The host that the code is bound to. */
  readonly host: string;
  /** Whether the gateway carries Vietnamese marks; without them a segment holds more. */
  readonly marks: boolean;
}

/**
 * The text around a code: the code first, then what for, never a link, and last the line that binds it to our host
 * ("Origin-bound one-time codes delivered via SMS", WICG). A portal's name is cut so that all stays one segment.
 */
export function smsText(texts: Texts, request: SmsTextRequest): string {
  const { locale, purpose, code, portalName, host, marks } = request;
  const shape = marks ? (text: string) => text.normalize('NFC') : withoutMarks;
  const speak = (values: TextValues) =>
    shape(
      `${texts(locale, portalName ? `message.sms_code.${purpose}_at` : `message.sms_code.${purpose}`, values)}\n@${host} #${code}`,
    );
  if (!portalName) return speak({ code });
  const room = (marks ? SEGMENT.marked : SEGMENT.plain) - speak({ code, portal: '' }).length;
  return speak({ code, portal: cut(portalName, room) });
}

const cut = (name: string, room: number): string =>
  name.length <= room ? name : `${name.slice(0, Math.max(0, room - 1)).trimEnd()}.`;

const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
