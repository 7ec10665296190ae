import type { FieldError } from '../../http/page.ts';
import { parseDocumentNumber } from '../document-number.ts';
import { ASKS, type RequestId } from './authority-request.ts';
import type { Letter } from './receive-request.ts';

/** A letter as it was typed. */
export interface LetterFields {
  readonly asks: string;
  /** Id of the request whose lock is to end. */
  readonly lifts: string;
  readonly authority: string;
  readonly document: string;
  readonly arrived_on: string;
}

const AUTHORITY = /^\p{L}[\p{L}\p{M}\d ,.()&-]{3,119}$/u;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A letter older than this was lost, and is asked for again. */
const OLDEST_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The letter, or what is wrong with each field. `today` is the ISO day in Hà Nội, `inForce` the bodies' requests by which the
 * account is locked: a letter that asks for an unlock names one of them, unless there is none.
 */
export function parseLetter(
  typed: LetterFields,
  today: string,
  inForce: readonly RequestId[],
):
  | { readonly kind: 'parsed'; readonly letter: Letter }
  | { readonly kind: 'refused'; readonly errors: readonly FieldError[] } {
  const asks = ASKS.find((one) => one === typed.asks);
  const authority = typed.authority.normalize('NFC').replaceAll(/\s+/g, ' ');
  const document = parseDocumentNumber(typed.document);
  const lifts = asks === 'unlock' ? inForce.find((one) => one === typed.lifts) : undefined;
  const isAimed = asks !== 'unlock' || lifts !== undefined || inForce.length === 0;
  const isNamed = AUTHORITY.test(authority);
  const isDay = isRecentDay(typed.arrived_on, today);
  const errors = [
    ...(asks ? [] : [{ code: 'request_asks_missing', field: 'asks' }]),
    ...(isAimed ? [] : [{ code: 'request_lifts_missing', field: 'lifts' }]),
    ...(isNamed ? [] : [{ code: 'request_authority_malformed', field: 'authority' }]),
    ...(document ? [] : [{ code: 'document_missing', field: 'document' }]),
    ...(isDay ? [] : [{ code: 'request_day_malformed', field: 'arrived_on' }]),
  ];
  if (!asks || !document || errors.length > 0) return { kind: 'refused', errors };
  return {
    kind: 'parsed',
    letter: { asks, ...(lifts && { lifts }), authority, document, arrivedOn: typed.arrived_on },
  };
}

function isRecentDay(day: string, today: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  if (!DAY.test(day) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day || day > today)
    return false;
  return new Date(`${today}T00:00:00Z`).getTime() - at.getTime() <= OLDEST_DAYS * DAY_MS;
}
