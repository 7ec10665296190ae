import path from 'node:path';

import type { SandboxPlan } from '../../config/sandbox-plan.ts';
import { startEmbeddedPostgres } from '../../storage/embedded/embedded-postgres.ts';
import { startEmbeddedRedis } from '../../storage/embedded/embedded-redis.ts';

export interface Store {
  url: string;
  stop(): Promise<void>;
}

/** PostgreSQL: the one of DATABASE_URL, or the embedded one with its data in `folder`. */
export const startPostgres = async ({ databaseUrl }: SandboxPlan, folder: string): Promise<Store> =>
  databaseUrl === undefined
    ? startEmbeddedPostgres({ folder: path.join(folder, 'postgres'), durable: true })
    : { url: databaseUrl, stop: async () => {} };

/** Redis: the one of REDIS_URL, or the embedded one, which forgets everything at the end. */
export const startRedis = async ({ redisUrl }: SandboxPlan): Promise<Store> =>
  redisUrl === undefined ? startEmbeddedRedis() : { url: redisUrl, stop: async () => {} };
