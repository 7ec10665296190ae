import type { Redis } from 'ioredis';

/** The ephemeral store. One connection with auto-pipelining: commands issued together travel together. */
export type Cache = Redis;
