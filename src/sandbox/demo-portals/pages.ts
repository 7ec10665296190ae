import { personLines, signInLines, type Line, type Locale } from './claims-shown.ts';
import type { Session } from './sessions.ts';
import type { Settings } from './settings.ts';
import { FACES, MESSAGES, OTHER_FAILURE, TEXTS } from './texts.ts';

export type { Locale } from './claims-shown.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (value: string): string => value.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** A template whose values are escaped, save those that are markup already. */
class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}
const html = (parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html =>
  new Html(parts.reduce((made, part, index) => made + filled(values[index - 1]) + part));
const filled = (value: string | Html | readonly Html[] | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return escape(value);
  return value instanceof Html ? value.markup : value.map(({ markup }) => markup).join('');
};

const MARKS: Readonly<Record<string, Html>> = {
  'dich-vu-cong': html`<path d="M4 10 16 4l12 6v2H4zM7 14h3v9H7zm7.5 0h3v9h-3zM22 14h3v9h-3zM4 25h24v3H4z" />`,
  'bao-hiem-y-te': html`<path d="M16 28S4 21 4 12.5A6.5 6.5 0 0 1 16 9a6.5 6.5 0 0 1 12 3.5C28 21 16 28 16 28zm-1.5-17v3.5H11v3h3.5V21h3v-3.5H21v-3h-3.5V11z" />`,
  'dat-dai': html`<path d="m3 9 8-4 10 4 8-4v18l-8 4-10-4-8 4zm8-1v13l10 4V12z" />`,
};

/** The whole page around its content. */
function layout({ portal, issuer }: Settings, locale: Locale, title: string, content: Html): string {
  const name = portal.name[locale];
  const other = locale === 'vi' ? 'en' : 'vi';
  return html`<!doctype html>
    <html lang="${locale}" data-portal="${portal.id}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title === name ? name : `${title} - ${name}`}</title>
        <link rel="stylesheet" href="/portal.css" />
      </head>
      <body>
        <p class="test">${TEXTS.test[locale]}</p>
        <header>
          <a class="brand" href="/"><svg viewBox="0 0 32 32" aria-hidden="true">${MARKS[portal.id]!}</svg>${name}</a>
          <a class="language" href="/language?to=${other}" hreflang="${other}" lang="${other}">${TEXTS.language[locale]}</a>
        </header>
        <main>${content}</main>
        <footer><a href="${issuer}/sandbox">${TEXTS.others[locale]}</a><span>${portal.authority[locale]}</span></footer>
      </body>
    </html>`.markup;
}

/** The first page: what the portal is for, what is needed, and the way in. */
export function homePage(settings: Settings, locale: Locale): string {
  const { portal } = settings;
  const face = FACES[portal.id];
  const content = html`<div class="hero">
      <h1>${portal.name[locale]}</h1>
      <p class="lead">${face.lead[locale]}</p>
      <a class="button" href="/sign-in" data-action="sign-in">${TEXTS.signIn[locale]}</a>
      <p class="need"><strong>${TEXTS.need[locale]}:</strong> ${face.need[locale]}</p>
    </div>
    <section>
      <h2>${TEXTS.offers[locale]}</h2>
      <ul class="offers">
        ${face.offers.map((offer) => html`<li>${offer[locale]}</li>`)}
      </ul>
    </section>`;
  return layout(settings, locale, portal.name[locale], content);
}

const facts = (lines: readonly Line[]): Html =>
  html`<dl>
    ${lines.map(
      ([claim, term, value]) =>
        html`<div>
          <dt>${term}</dt>
          <dd data-claim="${claim}">${value}</dd>
        </div>`,
    )}
  </dl>`;

/** Who is signed in, what the portal was told, and how it was proven. */
export function signedInPage(settings: Settings, locale: Locale, { claims }: Session): string {
  const { portal } = settings;
  const name = typeof claims['name'] === 'string' ? claims['name'] : '';
  const content = html`<div class="hero" data-signed-in>
      <p class="eyebrow">${TEXTS.hello[locale]}</p>
      <h1>${name}</h1>
      <p class="lead">${portal.purpose[locale]}</p>
    </div>
    <section aria-labelledby="known">
      <h2 id="known">${TEXTS.known[locale]}</h2>
      ${facts(personLines(claims, locale))}
    </section>
    <section aria-labelledby="how">
      <h2 id="how">${TEXTS.how[locale]}</h2>
      ${facts(signInLines(claims, portal.wants, locale))}
    </section>
    <form method="post" action="/sign-out">
      <button class="button quiet" type="submit" data-action="sign-out">${TEXTS.signOut[locale]}</button>
    </form>`;
  return layout(settings, locale, name || portal.name[locale], content);
}

/** Something ended or went wrong: `code` is the protocol's error code or one of MESSAGES. */
export function messagePage(settings: Settings, locale: Locale, code: string): string {
  const { title, text } = (Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined) ?? OTHER_FAILURE;
  const isSignIn = code !== 'signed_out' && code !== 'not_found';
  const content = html`<div class="hero" data-message="${code}">
    <h1>${title[locale]}</h1>
    <p class="lead">${text[locale]}</p>
    <a class="button" href="${code === 'not_found' ? '/' : '/sign-in'}">
      ${isSignIn ? TEXTS.again[locale] : code === 'not_found' ? TEXTS.home[locale] : TEXTS.signIn[locale]}
    </a>
    <p class="need"><a href="/">${TEXTS.home[locale]}</a></p>
  </div>`;
  return layout(settings, locale, title[locale], content);
}
