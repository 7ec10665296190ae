import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import { claimsOf, type Json } from './relying-party.ts';

/** A portal's back-channel logout address. */
export interface LogoutReceiver {
  readonly uri: string;
  /** The logout tokens that came, raw. */
  readonly tokens: string[];
  /** What it answers from now on. */
  answer(status: number, location?: string): void;
  /** The claims of the first `count` tokens, when they have come; what came after 8 s otherwise. */
  received(count: number): Promise<Json[]>;
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

export async function startLogoutReceiver(): Promise<LogoutReceiver> {
  const tokens: string[] = [];
  let reply: { status: number; location?: string } = { status: 200 };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      tokens.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.writeHead(reply.status, reply.location === undefined ? {} : { location: reply.location });
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  servers.push(server);
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/backchannel`,
    tokens,
    answer(status, location) {
      reply = { status, ...(location !== undefined && { location }) };
    },
    async received(count) {
      for (let waited = 0; waited < 8_000 && tokens.length < count; waited += 50) {
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
      }
      return tokens.map(claimsOf);
    },
  };
}
