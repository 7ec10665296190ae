import type { Server } from 'node:http';

/** Limits on the connection itself, so that slow or endless senders hold nothing for long. Milliseconds. */
export function hardenServer(server: Server): void {
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000; // longer than the idle time of common proxies, or they meet a closed connection
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 10_000;
}
