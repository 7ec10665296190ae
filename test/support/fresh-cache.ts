import { afterAll } from '@jest/globals';

import { openCache } from '../../src/storage/redis.ts';
import type { Cache } from '../../src/storage/redis.ts';
import { runningServices } from './services.ts';

export interface FreshCache {
  cache: Cache;
  url: string;
}

const FILES_AT_ONCE = 15;

/**
 * An empty Redis database that no other test file uses meanwhile: number 1 to 15, one a worker. Number 0 is left alone.
 * Call it at the top of the file: `const { cache } = await freshCache();` A test may look at or empty the whole of it.
 */
export async function freshCache(): Promise<FreshCache> {
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 1);
  if (worker > FILES_AT_ONCE) throw new Error(`Redis has databases for ${FILES_AT_ONCE} workers: use --maxWorkers`);
  const url = `${runningServices().redisUrl.replace(/\/\d*$/, '')}/${worker}`;
  const cache = openCache(url);
  await cache.flushdb();
  afterAll(async () => {
    await cache.flushdb();
    cache.disconnect();
  });
  return { cache, url };
}
