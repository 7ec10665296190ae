import { RequestError } from '../http/request-error.ts';
import { open, type Route } from '../http/route.ts';
import { param } from '../http/serve-routes.ts';
import { findPortalLogo } from '../portals/find-portal-logo.ts';
import { logoType, parseLogoFile } from '../portals/portal-logo.ts';
import type { Sql } from '../storage/postgres.ts';

/** The portals' logos from our own address, so that no page of ours asks anybody else for anything. */
export const portalLogoRoutes = (deps: { readonly db: Sql }): readonly Route[] => [
  {
    method: 'GET',
    path: '/portal-logos/:file',
    guard: open,
    limit: { points: 600, seconds: 60 },
    async handle(ctx) {
      const file = parseLogoFile(param(ctx, 'file'));
      const content = file === undefined ? undefined : await findPortalLogo(deps, file);
      if (file === undefined || !content) throw new RequestError('not_found');
      // the name is the hash of the content
      ctx.set('cache-control', 'public, max-age=31536000, immutable');
      ctx.set('cross-origin-resource-policy', 'same-origin');
      ctx.type = logoType(file);
      ctx.body = content;
    },
  },
];
