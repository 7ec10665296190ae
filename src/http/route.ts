import type { Context } from 'koa';

/** Says who may come in; throws RequestError for everybody else. There is no route without one: `open` is written out. */
export type Guard = (ctx: Context) => Promise<void> | void;

/** How often one address may call a route: `points` in `seconds`. Counted by address (IPv6 by /64). */
export interface RouteLimit {
  readonly points: number;
  readonly seconds: number;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** `:name` stands for one path segment; read it with `param`. */
  readonly path: string;
  readonly guard: Guard;
  /**
   * The form fields this route takes; any other, repeated or oversized field is refused with 400 before `handle`.
   * Absent means: no body is read. Every POST with a form demands the CSRF token.
   */
  readonly fields?: readonly string[];
  readonly limit?: RouteLimit;
  readonly handle: (ctx: Context) => Promise<void> | void;
}

export const open: Guard = () => undefined;
