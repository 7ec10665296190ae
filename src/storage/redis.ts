import { Redis } from 'ioredis';

/** The ephemeral store. One connection with auto-pipelining: commands issued together travel together. */
export type Cache = Redis;

/**
 * A connection to `url`. While the server is away a command throws within about 2 s, and all recovers by itself when it is back.
 * `onLost` hears of every failed attempt to connect.
 */
export function openCache(url: string, onLost?: (error: Error) => void): Cache {
  const cache = new Redis(url, {
    connectionName: 'danh-tinh',
    enableAutoPipelining: true,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    maxRetriesPerRequest: 1,
    // a command cut off half-way may have run: sending it again could spend a single-use code twice
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
  });
  cache.on('error', (error: Error) => onLost?.(error));
  return cache;
}
