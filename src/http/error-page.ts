import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { randomDigits } from '../kernel/random.ts';
import { isOutage } from './outage.ts';
import { REQUEST_ERRORS, RequestError, type RequestErrorCode } from './request-error.ts';

/** What the error view shows: the code is the key of its text, the incident number finds the log line. */
export interface Refusal {
  readonly code: RequestErrorCode | 'defect';
  readonly status: number;
  readonly retryAfterSeconds?: number;
  readonly incident?: string;
}

export type RenderRefusal = (ctx: Context, refusal: Refusal) => Promise<void> | void;

const OUTAGE_RETRY_SECONDS = 30;

/**
 * The one error boundary. Refusals and outages become their page, everything else a page with an incident number whose
 * details go to the log alone. If the page itself fails, plain text in both languages is sent instead.
 */
export function errorPage({ render, log }: { render: RenderRefusal; log: Logger }): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.respond === false || ctx.status !== 404 || ctx.body != null) return;
      await answer(ctx, refusalOf(new RequestError('not_found')), render, log);
    } catch (error) {
      const refusal = refusalOf(error);
      report(log, refusal, error);
      await answer(ctx, refusal, render, log);
    }
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof RequestError) {
    const { code } = error;
    const status = REQUEST_ERRORS[code];
    const retryAfterSeconds = error.retryAfterSeconds ?? (status === 503 ? OUTAGE_RETRY_SECONDS : undefined);
    return { code, status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
  if (isOutage(error)) return { code: 'unavailable', status: 503, retryAfterSeconds: OUTAGE_RETRY_SECONDS };
  if (isClientFault(error)) return { code: 'malformed_request', status: 400 };
  const digits = randomDigits(8);
  return { code: 'defect', status: 500, incident: `${digits.slice(0, 4)}-${digits.slice(4)}` };
}

/** koa and its parts throw errors made for the sender: `expose` and a 4xx status. */
function isClientFault(error: unknown): boolean {
  const { expose, status } = (error ?? {}) as { expose?: unknown; status?: unknown };
  return expose === true && typeof status === 'number' && status >= 400 && status < 500;
}

function report(log: Logger, { code, incident }: Refusal, err: unknown): void {
  if (code === 'defect') log.error({ event: 'defect', incident, err });
  else if (!(err instanceof RequestError)) log.warn({ event: 'refused', reason: code, err });
}

async function answer(ctx: Context, refusal: Refusal, render: RenderRefusal, log: Logger): Promise<void> {
  if (ctx.headerSent || ctx.respond === false) {
    ctx.res.destroy(); // half an answer must not look like a whole one
    return;
  }
  ctx.remove('Content-Disposition');
  ctx.set('Cache-Control', 'no-store');
  if (refusal.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(refusal.retryAfterSeconds));
  try {
    await render(ctx, refusal);
    ctx.status = refusal.status;
  } catch (err) {
    log.error({ event: 'error_page_failed', incident: refusal.incident, err });
    plainAnswer(ctx, refusal);
  }
}

function plainAnswer(ctx: Context, { status, incident }: Refusal): void {
  ctx.status = status;
  ctx.type = 'text/plain; charset=utf-8';
  const lines =
    status === 503
      ? [
          'Hệ thống đang tạm gián đoạn. Mời Quý vị thử lại sau ít phút.',
          'The service is interrupted. Please try again.',
        ]
      : ['Không thực hiện được yêu cầu này. Mời Quý vị quay lại và thử lại.', 'This request could not be carried out.'];
  if (incident !== undefined) lines.push(`Mã sự cố / Incident: ${incident}`);
  ctx.body = `${lines.join('\n')}\n`;
}
