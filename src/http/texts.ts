import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type Resource } from 'i18next';
import { LOCALES, type Locale } from './locale.ts';

export type TextValues = Readonly<Record<string, string | number>>;
/** The text of a key in a language, with its values put in. Throws for an unknown key and for a missing value. */
export type Texts = (locale: Locale, key: string, values?: TextValues) => string;

interface Tree {
  [key: string]: string | Tree;
}

/** Reads every `<directory>/<locale>/*.json`; a key owned by two files throws. */
export function loadTexts(directory: string): Texts {
  const instance = createInstance();
  const resources: Resource = Object.fromEntries(
    LOCALES.map((locale) => [locale, { translation: readTree(join(directory, locale)) }]),
  );
  void instance.init({
    resources,
    initAsync: false,
    fallbackLng: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
    missingInterpolationHandler: (text: string) => {
      throw new Error(`a value is missing in the text "${text}"`);
    },
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`no text for "${key}"`);
    },
  });
  const speak = Object.fromEntries(LOCALES.map((locale) => [locale, instance.getFixedT(locale)]));
  const plain = new Map<string, string>();
  return (locale, key, values) => {
    if (values) return String(speak[locale]?.(key, values));
    const address = `${locale} ${key}`;
    const text = plain.get(address) ?? String(speak[locale]?.(key));
    plain.set(address, text);
    return text;
  };
}

function readTree(folder: string): Tree {
  const whole: Tree = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    graft(whole, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Tree, file);
  }
  return whole;
}

function graft(onto: Tree, from: Tree, file: string): void {
  for (const [key, value] of Object.entries(from)) {
    const held = onto[key];
    if (held === undefined) {
      onto[key] = value;
      continue;
    }
    if (typeof held === 'string' || typeof value === 'string') throw new Error(`${file}: "${key}" has two owners`);
    graft(held, value, file);
  }
}
