import { createHmac } from 'node:crypto';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { subscriberOf } from './client-address.ts';
import { RequestError } from './request-error.ts';
import type { Route } from './route.ts';

export interface RouteCounter {
  /** Counts one call; throws `too_many_requests` with the Seconds to wait, or `unavailable` if a POST cannot be counted. */
  count(route: Route, clientAddress: string): Promise<void>;
}

/**
 * Counts calls of limited routes by address (IPv6 by /64) in Redis. The key holds a keyed hash, never the address.
 * When the store is gone a POST is refused, because it may try a credential; a page is served.
 */
export function createRouteCounter(deps: { cache: object; secret: Buffer }): RouteCounter {
  const limiters = new WeakMap<Route, RateLimiterRedis>();
  return {
    async count(route, clientAddress) {
      if (route.limit === undefined) return;
      const limiter = limiters.get(route) ?? limiterOf(deps.cache, route);
      limiters.set(route, limiter);
      try {
        await limiter.consume(keyOf(deps.secret, clientAddress));
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) {
          throw new RequestError('too_many_requests', Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
        }
        if (route.method === 'POST') throw new RequestError('unavailable');
      }
    },
  };
}

const limiterOf = (cache: object, { method, path, limit }: Route): RateLimiterRedis =>
  new RateLimiterRedis({
    storeClient: cache,
    keyPrefix: `eid:route:${method}:${path}`,
    points: limit?.points ?? 1,
    duration: limit?.seconds ?? 1,
  });

const keyOf = (secret: Buffer, address: string): string =>
  createHmac('sha256', secret)
    .update(`address:${subscriberOf(address)}`)
    .digest('base64url')
    .slice(0, 22);
