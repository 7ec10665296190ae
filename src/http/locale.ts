import type { Context } from 'koa';

/** The languages every text exists in; the first is the one spoken to somebody who states none. */
export const LOCALES = ['vi', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
/** One text in every language, for names and purposes that are data and not in views/locales. */
export type Said = Readonly<Record<Locale, string>>;

const COOKIE = 'eid.lang';
const ONE_YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** What a request says about language, strongest wish first. */
export interface LanguageWishes {
  readonly query?: string | undefined;
  readonly cookie?: string | undefined;
  /** OpenID Connect Core 3.1.2.1 `ui_locales`, in order of preference. */
  readonly uiLocales?: readonly string[];
  readonly acceptLanguage?: string | undefined;
}

/** The first wish that we speak (`en-GB` counts as `en`); Vietnamese when none is. Never refuses. */
export function pickLocale(wishes: LanguageWishes): Locale {
  const tags = [wishes.query, wishes.cookie, ...(wishes.uiLocales ?? []), ...accepted(wishes.acceptLanguage ?? '')];
  for (const tag of tags) {
    const locale = parseLocale(tag);
    if (locale) return locale;
  }
  return LOCALES[0];
}

/** The locale of a language tag by its primary subtag; undefined for any other text. */
export const parseLocale = (tag: string | undefined): Locale | undefined =>
  LOCALES.find((locale) => locale === tag?.split('-')[0]?.toLowerCase());

/** RFC 9110 12.5.4: tags by falling weight; a tag of weight 0 is not wanted. */
function accepted(header: string): string[] {
  return header
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/**
 * Decides the page's language into `ctx.state.locale` and gives it back. `?lang=` is remembered in a cookie for a year;
 * a door that knows the portal's `ui_locales` calls this again with them.
 */
export function chooseLocale(ctx: Context, uiLocales: readonly string[] = []): Locale {
  const asked = ctx.query['lang'];
  const query = typeof asked === 'string' ? asked : undefined;
  const locale = pickLocale({
    query,
    cookie: ctx.cookies.get(COOKIE, { signed: false }),
    uiLocales,
    acceptLanguage: ctx.get('accept-language'),
  });
  if (parseLocale(query)) {
    ctx.cookies.set(COOKIE, locale, { signed: false, httpOnly: true, sameSite: 'lax', maxAge: ONE_YEAR_MS });
  }
  ctx.state['locale'] = locale;
  return locale;
}
