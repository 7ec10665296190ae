import Koa, { type Context } from 'koa';
import { readFileSync } from 'node:fs';
import { cookiesOf } from './cookies.ts';
import { readLogoutToken } from './logout-token.ts';
import { homePage, messagePage, signedInPage, type Locale } from './pages.ts';
import type { ProviderClient } from './provider-client.ts';
import { createShelf, type Pending, type Session } from './sessions.ts';
import type { Settings } from './settings.ts';

const SIGN_IN_SECONDS = 30 * 60;
const SESSION_SECONDS = 12 * 60 * 60;
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const LOGOUT_TOKEN_MS = 15 * 60 * 1000;
const BODY_BYTES = 32 * 1024;
const STYLE = readFileSync(new URL('portal.css', import.meta.url), 'utf8');

/** The portal as a koa application. It keeps its sessions in memory: a restart signs everybody out here. */
export function createPortalApp(settings: Settings, provider: ProviderClient): Koa {
  const { portal, port, issuer, origin } = settings;
  const cookies = cookiesOf(port);
  const sessions = createShelf<Session>(SESSION_SECONDS * 1000, 10_000);
  const pendings = createShelf<Pending>(SIGN_IN_SECONDS * 1000, 10_000);
  const seenTokens = createShelf<string>(LOGOUT_TOKEN_MS, 10_000);

  const localeOf = (ctx: Context): Locale => (cookies.read(ctx, 'lang') === 'en' ? 'en' : 'vi');
  const show = (ctx: Context, html: string, status = 200): void => {
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = html;
  };

  const routes: Record<string, (ctx: Context) => Promise<void> | void> = {
    'GET /': (ctx) => {
      const session = sessions.get(cookies.read(ctx, 'session'));
      show(ctx, session ? signedInPage(settings, localeOf(ctx), session) : homePage(settings, localeOf(ctx)));
    },

    'GET /portal.css': (ctx) => {
      ctx.type = 'css';
      ctx.set('cache-control', 'public, max-age=300');
      ctx.body = STYLE;
    },

    'GET /language': (ctx) => {
      cookies.write(ctx, 'lang', ctx.query['to'] === 'en' ? 'en' : 'vi', YEAR_SECONDS);
      ctx.redirect('/');
    },

    'GET /sign-in': async (ctx) => {
      const { url, pending } = await provider.startSignIn(localeOf(ctx));
      cookies.write(ctx, 'pending', pendings.put(pending), SIGN_IN_SECONDS);
      ctx.redirect(url.href);
    },

    'GET /callback': async (ctx) => {
      const pending = pendings.take(cookies.read(ctx, 'pending'));
      cookies.clear(ctx, 'pending');
      if (!pending) return show(ctx, messagePage(settings, localeOf(ctx), 'stale'), 400);
      const outcome = await provider.finishSignIn(new URL(ctx.url, origin), pending);
      if (outcome.kind === 'refused') return show(ctx, messagePage(settings, localeOf(ctx), outcome.error));
      sessions.take(cookies.read(ctx, 'session'));
      cookies.write(ctx, 'session', sessions.put(outcome.session));
      return ctx.redirect('/');
    },

    'POST /sign-out': async (ctx) => {
      // Other ports of this host are the same site to a browser, so the cookie alone does not tell them from us.
      if (ctx.get('origin') !== origin) return show(ctx, messagePage(settings, localeOf(ctx), 'not_found'), 403);
      const session = sessions.take(cookies.read(ctx, 'session'));
      cookies.clear(ctx, 'session');
      ctx.status = 303;
      return ctx.redirect(session ? (await provider.signOutUrl(session.idToken, localeOf(ctx))).href : '/');
    },

    'GET /signed-out': (ctx) => show(ctx, messagePage(settings, localeOf(ctx), 'signed_out')),

    'POST /backchannel-logout': async (ctx) => {
      const token = new URLSearchParams(await readBody(ctx)).get('logout_token') ?? '';
      const nowSeconds = Math.floor(new Date().getTime() / 1000);
      const keys = await provider.publishedKeys();
      const notice = readLogoutToken(token, { issuer, clientId: portal.id, keys, nowSeconds });
      const isReplayed = notice !== undefined && seenTokens.removeWhere((jti) => jti === notice.jti) > 0;
      if (notice) seenTokens.put(notice.jti);
      if (!notice || isReplayed) {
        ctx.status = 400;
        ctx.body = { error: 'invalid_request' };
        return;
      }
      const { sub, sid } = notice;
      sessions.removeWhere((session) => (sid === undefined ? session.sub === sub : session.sid === sid));
      ctx.status = 200;
      ctx.body = '';
    },
  };

  const app = new Koa();
  app.silent = true;
  app.use(async (ctx) => {
    ctx.set(headers(issuer));
    const route = `${ctx.method === 'HEAD' ? 'GET' : ctx.method} ${ctx.path}`;
    const handle = Object.hasOwn(routes, route) ? routes[route] : undefined;
    try {
      await (handle ? handle(ctx) : show(ctx, messagePage(settings, localeOf(ctx), 'not_found'), 404));
    } catch {
      show(ctx, messagePage(settings, localeOf(ctx), 'temporarily_unavailable'), 503);
    }
  });
  return app;
}

const headers = (issuer: string): Record<string, string> => ({
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${new URL(issuer).origin}; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
});

async function readBody(ctx: Context): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
