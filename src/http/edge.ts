import Koa, { type Context } from 'koa';
import type { Logger } from 'pino';
import type { Clock } from '../kernel/clock.ts';
import { csrf } from './csrf.ts';
import { type Refusal, type RenderRefusal, errorPage } from './error-page.ts';
import { requestLog } from './log.ts';
import { type Renderer, page, servePages } from './page.ts';
import { pinHost, refuseMisdirected } from './pin-host.ts';
import { securityHeaders } from './security-headers.ts';

export interface EdgeOptions {
  readonly issuer: URL;
  readonly trustProxy: boolean;
  /** At least 32 bytes, the same on every instance. */
  readonly csrfSecret: Buffer;
  readonly renderer: Renderer;
  /** What shows a refusal; by default the view `error`. */
  readonly render?: RenderRefusal;
  readonly log: Logger;
  readonly clock: Clock;
  /** Paths that answer under any Host (health checks). */
  readonly anyHost?: readonly string[];
}

/** The application every request enters by, with what must stand before any route, in the one order that is right. */
export function createEdge(options: EdgeOptions): Koa {
  const app = new Koa();
  app.proxy = true; // pinHost has written the forwarded headers itself by the time anybody reads them
  app.silent = true;
  app.use(requestLog(options));
  app.use(pinHost(options));
  app.use(securityHeaders({ secure: options.issuer.protocol === 'https:' }));
  app.use(csrf({ issuer: options.issuer, secret: options.csrfSecret }));
  app.use(servePages(options.renderer));
  app.use(errorPage({ render: options.render ?? errorView, log: options.log }));
  app.use(refuseMisdirected);
  return app;
}

function errorView(ctx: Context, { status, ...model }: Refusal): void {
  page(ctx, 'error', model, status);
}
