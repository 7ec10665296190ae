import type { Middleware } from 'koa';
import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import type { Clock } from '../kernel/clock.ts';
import { randomToken } from '../kernel/random.ts';

/** The only keys a log line may have. Another key is named in `dropped`, and its value is not written. */
const ALLOWED = new Set(
  (
    'event component name version kind reason requestId address sourcePort route method status durationMs incident ' +
    'gateway channel count attempt attempts delayMs port host signal pid exitCode key kid state migration feature'
  ).split(' '),
);
const TEXT_LENGTH = 200;

/** A logger that writes allow-listed keys and plain values only, so that nothing personal gets in by accident. */
export function createLog(options: { level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
    serializers: { err: (described: unknown) => described },
    hooks: { logMethod: writeAllowListed },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

/** Stands before pino itself, which would copy an error's words into `msg` and format further arguments into it. */
function writeAllowListed(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [entry, message] = args as unknown[];
  const words = typeof entry === 'string' ? entry : message;
  const fields = typeof entry === 'object' && entry !== null ? allowListed(fieldsOf(entry)) : {};
  method.call(this, fields, ...(typeof words === 'string' ? [cut(words)] : []));
}

const fieldsOf = (entry: object): Record<string, unknown> => (isError(entry) ? { err: entry } : { ...entry });
// not instanceof: errors may come from another realm
const isError = (value: object): boolean => 'stack' in value && 'message' in value;

function allowListed(entry: Record<string, unknown>): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  const dropped: string[] = [];
  for (const [key, value] of Object.entries(entry)) {
    if (value === undefined) continue;
    if (key === 'err') written[key] = describeError(value);
    else if (ALLOWED.has(key) && isPlain(value)) written[key] = typeof value === 'string' ? cut(value) : value;
    else dropped.push(cut(key));
  }
  return dropped.length > 0 ? { ...written, dropped } : written;
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const cut = (text: string): string => text.slice(0, TEXT_LENGTH);

/**
 * An error without the data it may quote: name, code and where it was thrown. The words of drivers and parsers quote
 * values, those of our own defects must not; so words are kept only of errors without a code.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { name: typeof error };
  const { name, code, message, stack, cause, constraint, table } = error as Record<string, unknown>;
  const own = code === undefined && (name === 'Error' || name === 'TypeError');
  return {
    name: text(name),
    code: text(code),
    constraint: text(constraint),
    table: text(table),
    message: own ? text(message) : undefined,
    at: typeof stack === 'string' ? framesOf(stack) : undefined,
    cause: cause !== undefined && depth < 3 ? describeError(cause, depth + 1) : undefined,
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? cut(value) : undefined);
const framesOf = (stack: string): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());

/**
 * One line a request: time, client address, source port, route pattern, status, duration (Decree 333/2026 wants the port).
 * Never the URL itself: paths hold interaction ids, queries hold what portals send.
 */
export function requestLog(deps: { log: Logger; clock: Clock }): Middleware {
  return async (ctx, next) => {
    const started = deps.clock.now().getTime();
    const { remotePort } = ctx.req.socket;
    ctx.state['requestId'] = randomToken(9);
    ctx.res.once('close', () => {
      deps.log.info({
        event: 'request',
        requestId: String(ctx.state['requestId']),
        address: ctx.state['clientAddress'],
        sourcePort: remotePort,
        method: ctx.method,
        route: ctx.state['routePattern'] ?? 'other',
        status: ctx.res.statusCode,
        durationMs: deps.clock.now().getTime() - started,
      });
    });
    await next();
  };
}
