import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import { renderSVG } from 'uqr';
import type { Assets } from './assets.ts';
import type { Brand } from './brand.ts';
import { formatDay, formatIsoDate, formatPhone, formatTime, groupDigits, groupSecret } from './format.ts';
import type { Locale, Said } from './locale.ts';
import { escapeValue, Markup } from './markup.ts';
import type { Chrome, FieldError, Renderer } from './page.ts';
import { loadTexts, type TextValues } from './texts.ts';

/** Words a template may use; eta makes each a name of its own. */
const WORDS =
  'const { m, p, t, say, day, time, shown, whole, errorText, errorOf, part, icon, qr, head, csrf, brand, asset, locale, switchTo, scripts, frame, title, step, failed, body } = it;';

export interface RendererOptions {
  readonly viewsDir: string;
  readonly brand: Brand;
  readonly assets: Assets;
  /** Scripts of every page beside the pages' own, by asset name (the sandbox's passkey). */
  readonly scripts?: readonly string[];
}

/** Templates compile once, at first use. Values are escaped; only parts, symbols and the body are markup. */
export function createRenderer(options: RendererOptions): Renderer {
  const eta = new Eta({
    views: options.viewsDir,
    cache: true,
    autoTrim: false,
    rmWhitespace: true,
    escapeFunction: escapeValue,
    functionHeader: WORDS,
  });
  const texts = loadTexts(join(options.viewsDir, 'locales'));
  const symbols = readSymbols(join(options.viewsDir, 'symbols'));

  return {
    render(view, model, chrome) {
      const page = { title: '', step: '' };
      const scope = {
        ...wordsOf(texts, chrome.locale),
        ...chromeWords(chrome, model),
        m: model,
        brand: options.brand,
        asset: options.assets.url,
        scripts: ['page.js', 'passkey.js', ...(options.scripts ?? [])],
        errorOf: (field: string) => errorsOf(model).find((error) => error.field === field),
        failed: errorsOf(model),
        frame: chrome.frame?.words ?? {},
        icon: (name: string) => symbols.get(name) ?? missing(name),
        head: (step: string, title: string) => void Object.assign(page, { step, title }),
        part: (name: string, given: object = {}): Markup => {
          return new Markup(eta.render(`parts/${name}`, { ...scope, p: given }));
        },
      };
      const body = new Markup(eta.render(view, scope));
      return eta.render(chrome.frame?.layout ?? 'layout', { ...scope, ...page, body });
    },
  };
}

function wordsOf(texts: ReturnType<typeof loadTexts>, locale: Locale) {
  const t = (key: string, values?: TextValues): string => texts(locale, key, values);
  return {
    locale,
    t,
    say: (said: Said) => said[locale],
    /** Kept on one line, as a number that is read in groups. */
    whole: (text: string) => text.replaceAll(' ', '\u00a0'),
    day: (at: Date) => formatDay(locale, at),
    time: (at: Date) => formatTime(at),
    errorText: (error: FieldError) => t(`error.${error.code}`, valuesOf(error, locale)),
    qr: (content: string) => new Markup(renderSVG(content, { border: 2 })),
    /** A value by its kind, as a person reads it. */
    shown: (kind: string, value: string): string => {
      if (kind === 'date') return formatIsoDate(locale, value);
      if (kind === 'phone') return formatPhone(value);
      if (kind === 'number') return groupDigits(value);
      if (kind === 'secret') return groupSecret(value);
      if (kind === 'word') return t(`word.${value}`);
      return value;
    },
  };
}

function chromeWords(chrome: Chrome, model: object) {
  // a visit's forms answer at addresses of their own; its base leads to the step, whatever it is by then
  const path = (model as { base?: string }).base ?? chrome.path;
  return {
    csrf: (): string => chrome.csrfToken ?? missing('CSRF token'),
    switchTo: (locale: Locale) => `${path}${path.includes('?') ? '&' : '?'}lang=${locale}`,
  };
}

const errorsOf = (model: object): readonly FieldError[] => (model as { errors?: readonly FieldError[] }).errors ?? [];

function valuesOf(error: FieldError, locale: Locale): TextValues {
  const values = Object.entries(error.values ?? {}).map(([name, value]) => [
    name,
    value instanceof Date ? `${formatTime(value)}, ${formatDay(locale, value)}` : value,
  ]);
  return Object.fromEntries(values) as TextValues;
}

function readSymbols(folder: string): ReadonlyMap<string, Markup> {
  const named = readdirSync(folder).map((file): [string, Markup] => {
    return [file.replace(/\.svg$/, ''), new Markup(readFileSync(join(folder, file), 'utf8').trim())];
  });
  return new Map(named);
}

function missing(what: string): never {
  throw new Error(`the page needs ${what}, which is not there`);
}
