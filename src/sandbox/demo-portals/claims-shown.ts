import type { Said } from './registration.ts';
import { MEANS, TEXTS } from './texts.ts';

export type Locale = keyof Said;
type Claims = Readonly<Record<string, unknown>>;
/** A claim's name, its heading and its value, as shown. */
export type Line = readonly [string, string, string];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const GROUPS = /(\d{3})(?=\d)/g;

/** Whom the person acts for. */
const organisation = (value: { name?: unknown; tax_number?: unknown } | null): string =>
  value?.name === undefined ? '' : `${text(value.name)} (${text(value.tax_number)})`;

const SHOW: Readonly<Record<string, (value: unknown, locale: Locale) => string>> = {
  name: text,
  birthdate: (value) => text(value).replace(DAY, '$3/$2/$1'),
  gender: (value, locale) => (value === 'male' || value === 'female' ? TEXTS[value][locale] : ''),
  national_id: (value) => text(value).replace(GROUPS, '$1 '),
  phone_number: (value) => text(value).replace(/^\+84(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3'),
  email: text,
  address: (value) => text((value as { formatted?: unknown } | null)?.formatted),
  organisation: (value) => organisation(value as { name?: unknown; tax_number?: unknown } | null),
};

/** The personal claims the portal was given, in a fixed order; those it was not given are not there. */
export const personLines = (claims: Claims, locale: Locale): Line[] =>
  Object.entries(SHOW)
    .map(([name, shown]): Line => [name, TEXTS[name as keyof typeof TEXTS][locale], shown(claims[name], locale)])
    .filter(([, , value]) => value !== '');

/** What the provider vouches for about this sign-in. */
export function signInLines(claims: Claims, wants: string, locale: Locale): Line[] {
  const means = Array.isArray(claims['amr']) ? (claims['amr'] as string[]) : [];
  const at = typeof claims['auth_time'] === 'number' ? new Date(claims['auth_time'] * 1000) : undefined;
  const lines: Line[] = [
    ['acr', TEXTS.level[locale], text(claims['acr'])],
    ['wanted', TEXTS.wanted[locale], wants],
    ['account_level', TEXTS.account[locale], text(claims['account_level'])],
    ['amr', TEXTS.means[locale], means.map((value) => MEANS[value]?.[locale] ?? value).join(', ')],
    ['auth_time', TEXTS.at[locale], at ? shownTime(at, locale) : ''],
    ['sub', TEXTS.sub[locale], text(claims['sub'])],
  ];
  return lines.filter(([, , value]) => value !== '');
}

function shownTime(at: Date, locale: Locale): string {
  const zone = { timeZone: 'Asia/Ho_Chi_Minh' } as const;
  const language = locale === 'vi' ? 'vi-VN' : 'en-GB';
  const day = at.toLocaleDateString(language, { ...zone, day: '2-digit', month: '2-digit', year: 'numeric' });
  return `${at.toLocaleTimeString(language, { ...zone, hour: '2-digit', minute: '2-digit', hour12: false })}, ${day}`;
}
