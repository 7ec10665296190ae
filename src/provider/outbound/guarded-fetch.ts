import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import { mayConnect, type OutboundRules } from './outbound-address.ts';

const CONNECT_MS = 2_000;
const ANSWER_MS = 5_000;
const MOST_BYTES = 64 * 1024;

/** The shape the library hands its requests over in. */
export type OutboundFetch = (url: string | URL, options?: RequestInit) => Promise<Response>;

/**
 * `fetch` for addresses that portals gave us: key sets, sector files, logouts. The address that was checked is the one that is
 * connected to; no redirects; 5 s and 64 KB at most. Throws when refused or failed.
 */
export function createOutboundFetch(rules: OutboundRules): { fetch: OutboundFetch; close(): Promise<void> } {
  const agent = new Agent({
    connect: { lookup: guardedLookup(rules), timeout: CONNECT_MS },
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    maxResponseSize: MOST_BYTES,
  });
  return {
    async fetch(url, { method, headers, body } = {}) {
      const { hostname, protocol } = new URL(url);
      const literal = hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) !== 0 && !mayConnect(hostname, literal, rules)) throw new Error('the address is not allowed');
      if (protocol !== 'https:' && !(rules.loopback && protocol === 'http:')) throw new Error('https is needed');
      const answer = await fetch(url, {
        ...(method !== undefined && { method }),
        headers: Object.fromEntries(new Headers(headers ?? {})),
        ...(body instanceof URLSearchParams && { body: body.toString() }),
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MS),
        dispatcher: agent,
      });
      // nobody reads the answer to a logout: let go of its connection
      if (method === 'POST') await answer.body?.cancel();
      return answer;
    },
    close: () => agent.close(),
  };
}

/** DNS that knows only addresses we may connect to, so that a name cannot point elsewhere between check and use. */
const guardedLookup =
  (rules: OutboundRules): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const allowed = error ? [] : addresses.filter(({ address }) => mayConnect(host, address, rules));
      const [first] = allowed;
      if (error || !first) {
        callback(error ?? new Error('the name leads to no allowed address'), '', 0);
        return;
      }
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
