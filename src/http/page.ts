import type { Context, Middleware } from 'koa';
import { chooseLocale, type Locale, type Said } from './locale.ts';

/** One thing wrong with what was sent. Its text is `error.<code>` in views/locales. */
export interface FieldError {
  readonly code: string;
  /** The field it stands beside; absent when it concerns the page as a whole. */
  readonly field?: string;
  /** What the text mentions; a moment is shown as Hà Nội time. */
  readonly values?: Readonly<Record<string, string | number | Date>>;
}

/** What a page with a form may carry when it comes back. */
export interface Refusable {
  readonly errors?: readonly FieldError[];
}

/** Something could not be done, and here is what the person can do instead. */
export interface ErrorModel {
  /** Key of the texts `failure.<code>.title` and `.text`; a RequestErrorCode, or `defect`. */
  readonly code: string;
  /** Given to the person for the helpdesk; the log has it beside the cause. */
  readonly incident?: string;
  readonly retryAfterSeconds?: number;
  /** Where "start again" goes, when there is such a place. */
  readonly restartUrl?: string;
  /** The service to go back to, when it is known. */
  readonly portal?: { readonly name: Said; readonly url: string };
}

/** Every view with the type of its model. The doors add theirs (`declare module`), so that `page` knows them all. */
export interface Views {
  error: ErrorModel;
}
export type ViewName = keyof Views;

/** What stands around a view in place of the citizens' frame: a layout of views/ by its name, and what it says. */
export interface Frame {
  readonly layout: string;
  readonly words: object;
}

/** What the layout needs to know of the request. */
export interface Chrome {
  readonly locale: Locale;
  /** This page's own address: the language switch leads here. */
  readonly path: string;
  /** Absent where the page has no form; a form without it is a defect. */
  readonly csrfToken?: string;
  readonly frame?: Frame;
}

/** Views to whole HTML pages. */
export interface Renderer {
  /** The page as text. Throws when the view misses a value or a text: a defect, never a half-filled page. */
  render<V extends ViewName>(view: V, model: Views[V], chrome: Chrome): string;
}

/** Answers with a page: the view of that name, filled with its model, in the language of the request. */
export function page<V extends ViewName>(ctx: Context, view: V, model: Views[V], status = 200): void {
  const renderer = ctx.state['renderer'] as Renderer;
  const body = renderer.render(view, model, chromeOf(ctx));
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('cache-control', 'no-store');
  ctx.set('content-language', localeOf(ctx));
  ctx.body = body;
}

/** The language of this request, decided by `chooseLocale`. */
export const localeOf = (ctx: Context): Locale => (ctx.state['locale'] as Locale | undefined) ?? chooseLocale(ctx);

function chromeOf(ctx: Context): Chrome {
  const csrfToken = ctx.state['csrfToken'] as string | undefined;
  const frame = ctx.state['frame'] as Frame | undefined;
  return { locale: localeOf(ctx), path: addressOf(ctx), ...(csrfToken && { csrfToken }), ...(frame && { frame }) };
}

/** Every page of this request, its error page too, stands in this frame from here on. */
export function putInFrame(ctx: Context, frame: Frame): void {
  ctx.state['frame'] = frame;
}

/** The page's address with its query, but for the language; what answered a POST is asked for again without one. */
function addressOf(ctx: Context): string {
  const query = new URLSearchParams(ctx.method === 'GET' ? ctx.querystring : '');
  query.delete('lang');
  return query.size > 0 ? `${ctx.path}?${query.toString()}` : ctx.path;
}

/** Puts the renderer and the language at the disposal of `page` for everything behind it. */
export function servePages(renderer: Renderer): Middleware {
  return (ctx, next) => {
    ctx.state['renderer'] = renderer;
    chooseLocale(ctx);
    return next();
  };
}
