import type { Locale } from './locale.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const DAY: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  vi: new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' }),
};
const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });

/** The day in Hà Nội: `14/08/2026`, `14 August 2026`. */
export const formatDay = (locale: Locale, at: Date): string => DAY[locale].format(at);
/** The time in Hà Nội, 24 hours: `14:05`. */
export const formatTime = (at: Date): string => TIME.format(at);

/** An ISO 8601 date as people write it; a birth date of which only the year is on record stays a year. */
export function formatIsoDate(locale: Locale, iso: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return found ? formatDay(locale, new Date(`${iso}T12:00:00Z`)) : iso;
}

/** Digits in threes, for reading: `079 203 001 234`. */
export const groupDigits = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, '$1 ');

/** A number of this country as people read it: `0912 345 678`; any other E.164 number unchanged. */
export const formatPhone = (e164: string): string => e164.replace(/^(?:\+84|0)(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');

/** A secret in fours, for typing off a screen: `JBSW Y3DP`. */
export const groupSecret = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
