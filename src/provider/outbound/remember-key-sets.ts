import type { Logger } from 'pino';
import type { Clock } from '../../kernel/clock.ts';
import type { OutboundFetch } from './guarded-fetch.ts';

/** The United Kingdom's One Login: a portal's keys are kept a day at most, and used while its address is down. */
const LONGEST_SECONDS = 24 * 60 * 60;
const MOST_SETS = 1_000;

interface KnownSet {
  readonly body: string;
  readonly atMs: number;
}

/**
 * `fetch` for portals' key sets (`jwks_uri`): what an address last answered stands in for it for a day while it is down or
 * answers something else. What it says about how long its answer may be kept counts up to a day. Throws as `fetch` does when
 * nothing is known. The memory is this process's own and holds public keys alone.
 */
export function rememberKeySets(
  fetch: OutboundFetch,
  { clock, log }: { clock: Clock; log: Pick<Logger, 'warn'> },
): OutboundFetch {
  const known = new Map<string, KnownSet>();
  return async (url, options) => {
    const address = String(url);
    try {
      const answer = await fetch(url, options);
      if (answer.status !== 200) throw new Error('the answer is not 200');
      const body = await answer.text();
      assertKeySet(body);
      known.delete(address);
      known.set(address, { body, atMs: clock.now().getTime() });
      const [oldest] = known.keys();
      if (known.size > MOST_SETS && oldest !== undefined) known.delete(oldest);
      return respond(body, keptSeconds(answer.headers));
    } catch (err) {
      const last = known.get(address);
      if (!last || clock.now().getTime() - last.atMs > LONGEST_SECONDS * 1000) throw err;
      log.warn({ event: 'portal_keys_stale', host: new URL(address).host, err });
      return respond(last.body, 0);
    }
  };
}

function assertKeySet(body: string): void {
  const { keys } = JSON.parse(body) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.some((key) => typeof key !== 'object' || key === null))
    throw new Error('the answer is not a key set');
}

const keptSeconds = (headers: Headers): number =>
  Math.min(LONGEST_SECONDS, Number(/max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1] ?? 0));

const respond = (body: string, maxAge: number): Response =>
  new Response(body, { headers: { 'content-type': 'application/json', 'cache-control': `max-age=${maxAge}` } });
