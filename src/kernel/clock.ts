/** The one source of time, so that a test can stand at any moment. */
export interface Clock {
  now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };

/** Whole seconds since 1970, as OpenID Connect and RFC 7519 write times. */
export const epochSeconds = (at: Date): number => Math.floor(at.getTime() / 1000);
