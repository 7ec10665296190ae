import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context, Middleware } from 'koa';
import { type EdgeOptions, createEdge } from '../../src/http/edge.ts';
import { hardenServer } from '../../src/http/harden-server.ts';
import { createLog } from '../../src/http/log.ts';
import type { RouteCounter } from '../../src/http/route-limit.ts';
import type { Route } from '../../src/http/route.ts';
import { serveRoutes } from '../../src/http/serve-routes.ts';
import { systemClock } from '../../src/kernel/clock.ts';

export interface EdgeServer {
  readonly issuer: URL;
  readonly port: number;
  /** Every log line written so far. */
  readonly lines: string[];
  stop(): Promise<void>;
}

const uncounted: RouteCounter = { count: async () => {} };

/** The real edge on a loopback port, with these routes behind it and a page that only names the refusal. */
export async function startEdgeServer(
  routes: readonly Route[] | ((issuer: string) => { routes: readonly Route[]; before: Middleware }),
  options: Partial<EdgeOptions> & { counter?: RouteCounter } = {},
): Promise<EdgeServer> {
  const lines: string[] = [];
  const server = createServer();
  const port = await listen(server);
  const issuer = options.issuer ?? new URL(`http://localhost:${port}`);
  const app = createEdge({
    issuer,
    trustProxy: false,
    csrfSecret: Buffer.alloc(32, 7),
    renderer: { render: () => '' },
    render: (ctx: Context, refusal) => {
      ctx.type = 'html';
      ctx.body = `<main data-step="error">${refusal.code} ${refusal.incident ?? ''}</main>`;
    },
    log: createLog({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } }),
    clock: systemClock,
    ...options,
  });
  const served = typeof routes === 'function' ? routes(issuer.origin) : { routes };
  if ('before' in served) app.use(served.before);
  app.use(serveRoutes(served.routes, { counter: options.counter ?? uncounted }));
  hardenServer(server);
  const serve = app.callback();
  server.on('request', (request, response) => void serve(request, response));
  return { issuer, port, lines, stop: () => close(server) };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}
