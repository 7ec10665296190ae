import type { Context, Middleware } from 'koa';
import { CSRF_FIELD, checkCsrfToken, checkOrigin } from './csrf.ts';
import { type Form, readForm } from './form.ts';
import { RequestError } from './request-error.ts';
import type { RouteCounter } from './route-limit.ts';
import { type RouteTable, compileRoutes } from './route-table.ts';
import type { Route } from './route.ts';

/**
 * Serves these routes; a path none of them has goes on to the next middleware. Order: guard, limit, body, CSRF, handle.
 * Throws RequestError for everything refused on the way.
 */
export function serveRoutes(routes: readonly Route[], deps: { counter: RouteCounter }): Middleware {
  const match: RouteTable = compileRoutes(routes);
  return async (ctx, next) => {
    const matched = match(ctx.method, ctx.path);
    if (matched.kind === 'none') {
      await next();
      return;
    }
    if (matched.kind === 'other_method') {
      ctx.set('Allow', matched.allow.join(', '));
      throw new RequestError('method_not_allowed');
    }
    ctx.state['routePattern'] = matched.route.path;
    ctx.state['params'] = matched.params;
    await serve(ctx, matched.route, deps.counter);
  };
}

async function serve(ctx: Context, route: Route, counter: RouteCounter): Promise<void> {
  await route.guard(ctx);
  await counter.count(route, String(ctx.state['clientAddress']));
  if (route.method === 'POST') {
    checkOrigin(ctx);
    if (route.fields !== undefined) await takeForm(ctx, route.fields);
  }
  await route.handle(ctx);
}

async function takeForm(ctx: Context, fields: readonly string[]): Promise<void> {
  const form: Form = await readForm(ctx, fields);
  checkCsrfToken(ctx, form.get(CSRF_FIELD));
  ctx.state['formFields'] = fields;
  ctx.state['form'] = form;
}

/** The decoded path segment `:name`. Throws a defect if the route's path has no such segment. */
export function param(ctx: Context, name: string): string {
  const value = (ctx.state['params'] as ReadonlyMap<string, string> | undefined)?.get(name);
  if (value === undefined) throw new Error(`the path has no segment :${name}`);
  return value;
}

/** One query parameter, or undefined. Throws `malformed_request` if it is repeated or longer than 512 characters. */
export function query(ctx: Context, name: string): string | undefined {
  const values = new URLSearchParams(ctx.querystring).getAll(name);
  if (values.length > 1 || (values[0]?.length ?? 0) > 512) throw new RequestError('malformed_request');
  return values[0];
}
