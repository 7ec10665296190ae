import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';

/** A tester's web server with one document: a key set, a sector file. */
export interface JsonServer {
  readonly uri: string;
  /** What it answers from now on; a text or bytes go out as they are. */
  answer(body: unknown, status?: number, headers?: Record<string, string>): void;
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** With `tls`, at an https address. */
export async function startJsonServer(body: unknown, tls?: { cert: string; key: string }): Promise<JsonServer> {
  let reply = { body, status: 200, headers: {} as Record<string, string> };
  const listener: RequestListener = (_request, response) => {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(
      typeof reply.body === 'string' || Buffer.isBuffer(reply.body) ? reply.body : JSON.stringify(reply.body),
    );
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  servers.push(server);
  return {
    uri: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${(server.address() as AddressInfo).port}/document.json`,
    answer(next, status = 200, headers = {}) {
      reply = { body: next, status, headers };
    },
  };
}
