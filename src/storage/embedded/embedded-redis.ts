import { once } from 'node:events';

import { OperatorError } from '../../kernel/operator-error.ts';
import { randomToken } from '../../kernel/random.ts';

export interface EmbeddedRedis {
  url: string;
  stop(): Promise<void>;
}

/**
 * A Redis-protocol server inside this process, for development and tests: loopback, a random port and password, 16 databases.
 * What it holds ends with it. Throws OperatorError when its package was left out of the installation.
 */
export async function startEmbeddedRedis(): Promise<EmbeddedRedis> {
  const { RedisServerState, Resp2Server, createRedisCommandExecutor } = await loadPackage();
  const password = randomToken(18);
  // assembled from its parts: the package's own starter listens on all interfaces, without a password
  const resp = new Resp2Server({
    server: new RedisServerState({ databaseCount: 16, requirepass: password }),
    executor: createRedisCommandExecutor({ compatibility: 'redis-7.4' }),
  });
  resp.server.listen({ host: '127.0.0.1', port: 0 });
  await once(resp.server, 'listening');
  return { url: `redis://:${password}@127.0.0.1:${resp.getPort()}`, stop: () => resp.close() };
}

// a production installation leaves development packages out: nothing may import this one at the top
const loadPackage = () =>
  import('js-redis-server/core').catch((cause: unknown) => {
    throw new OperatorError('The embedded Redis is not installed here (npm package js-redis-server): set REDIS_URL.', {
      cause,
    });
  });
