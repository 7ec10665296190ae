import type { Context, Middleware } from 'koa';
import type { Provider } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { redirectFormPost, widenFormAction } from './form-posts.ts';
import { memoOf, settlePending } from './store/request-memo.ts';

/** Shorter than the day a key is published before it signs: nobody meets a key they could not know. */
const KEY_SET_SECONDS = 3_600;
const CACHED_ROUTES = ['jwks', 'discovery'];
const FORM_ROUTES = ['authorization', 'resume', 'end_session'];

/** The provider at work: whatever instance is current when a request comes in finishes it. */
export const serveProvider =
  (current: () => Provider): Middleware =>
  async (ctx, next) => {
    if (await redirectFormPost(ctx)) return;
    const [handle] = current().middleware;
    if (!handle) throw new Error('the library serves nothing');
    await handle(ctx, next);
    const { oidc } = ctx as unknown as Partial<KoaContextWithOIDC>;
    if (!oidc) return;
    ctx.state['routePattern'] = oidc.route;
    await settlePending(memoOf(ctx.req));
    if (CACHED_ROUTES.includes(oidc.route) && ctx.status === 200) {
      ctx.set('Cache-Control', `public, max-age=${KEY_SET_SECONDS}`);
    }
    if (FORM_ROUTES.includes(oidc.route) && ctx.type === 'text/html') letFormsReturn(ctx, oidc);
  };

/** A form of ours may lead on to the portal it came from: browsers hold every redirect behind it to `form-action`. */
function letFormsReturn(ctx: Context, { client, params, entities }: KoaContextWithOIDC['oidc']): void {
  const stored = entities.Interaction?.params['redirect_uri'];
  const back = [params?.['redirect_uri'], stored].filter((uri) => typeof uri === 'string');
  const known = client ?? entities.Client;
  const allowed = back.filter((uri) => uri === stored || known?.redirectUriAllowed(uri) === true);
  const after = params?.['post_logout_redirect_uri'];
  if (typeof after === 'string' && known?.postLogoutRedirectUriAllowed(after)) allowed.push(after);
  for (const address of allowed) widenFormAction(ctx, address);
}
