import { createHash } from 'node:crypto';
import type { Context } from 'koa';

/** What a challenge is tied to, so that an answer made in another browser is none here: a hash of this browser's CSRF token. */
export const browserOf = (ctx: Context): string =>
  createHash('sha256')
    .update(`officer:${String(ctx.state['csrfToken'])}`)
    .digest('base64url');

/** The response a page's script wrote into the form; undefined for what is no JSON. */
export function parseCredential(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
