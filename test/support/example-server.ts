import { page, putInFrame } from '../../src/http/page.ts';
import { open, type Route } from '../../src/http/route.ts';
import { param } from '../../src/http/serve-routes.ts';
import { type EdgeServer, startEdgeServer } from './edge-server.ts';
import { png } from './png.ts';
import { assets, frameOf, renderer } from './render-views.ts';
import type { Example } from './view-models.ts';

/** Every example as a page behind the real edge, at `/example/<index>`. */
export function startExampleServer(shown: readonly Example[]): Promise<EdgeServer> {
  const route: Route = {
    method: 'GET',
    path: '/example/:index',
    guard: open,
    handle: (ctx) => {
      const { view, model } = shown[Number(param(ctx, 'index'))]!;
      if (view.startsWith('console/')) putInFrame(ctx, frameOf(view));
      page(ctx, view, model);
    },
  };
  const logo: Route = {
    method: 'GET',
    path: '/portal-logos/:file',
    guard: open,
    handle(ctx) {
      ctx.type = 'image/png';
      ctx.body = png();
    },
  };
  return startEdgeServer([route, logo, ...assets.routes], { renderer });
}
