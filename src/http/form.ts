import type { Context } from 'koa';
import { Sealed } from '../kernel/sealed.ts';
import { CSRF_FIELD } from './csrf.ts';
import { RequestError } from './request-error.ts';

const FORM_BYTES = 16 * 1024;
/** A WebAuthn response with its attestation is the one large thing a page sends. */
const CREDENTIAL_FORM_BYTES = 64 * 1024;
const VALUE_LENGTH = 4096;
const LARGE_FIELD = 'credential';
// oxlint-disable-next-line no-control-regex -- what PostgreSQL and logs must never see; tab and line breaks may stay
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

export type Form = ReadonlyMap<string, string>;

/** Reads the body as a form of exactly these fields and the CSRF token; throws RequestError for anything else. */
export async function readForm(ctx: Context, fields: readonly string[]): Promise<Form> {
  const large = fields.includes(LARGE_FIELD);
  const body = await readBody(ctx, large ? CREDENTIAL_FORM_BYTES : FORM_BYTES);
  return parseForm(body, new Set([...fields, CSRF_FIELD]));
}

/** Parses application/x-www-form-urlencoded strictly: known names, each at most once, valid UTF-8, no control characters. */
export function parseForm(body: string, known: ReadonlySet<string>): Form {
  const form = new Map<string, string>();
  for (const pair of body === '' ? [] : body.split('&')) {
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = decode(at < 0 ? '' : pair.slice(at + 1));
    if (!known.has(name)) throw new RequestError('unknown_field');
    if (form.has(name)) throw new RequestError('malformed_request');
    if (name !== LARGE_FIELD && value.length > VALUE_LENGTH) throw new RequestError('request_too_large');
    if (CONTROL.test(value)) throw new RequestError('malformed_request');
    form.set(name, value);
  }
  return form;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new RequestError('malformed_request');
  }
}

async function readBody(ctx: Context, limit: number): Promise<string> {
  const { req } = ctx;
  const announced = Number(req.headers['content-length'] ?? 0);
  const empty = announced === 0 && req.headers['transfer-encoding'] === undefined;
  if (empty) return '';
  if (!isPlainForm(ctx)) throw new RequestError('unsupported_media_type');
  if (announced > limit) throw refuseBody(ctx);

  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length;
      if (size > limit) throw refuseBody(ctx);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError('malformed_request'); // the sender went away in the middle
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new RequestError('malformed_request');
  }
}

/** The rest of the body is not read; the connection ends with the answer. */
function refuseBody(ctx: Context): RequestError {
  ctx.set('Connection', 'close');
  return new RequestError('request_too_large');
}

function isPlainForm(ctx: Context): boolean {
  if (!['', 'identity'].includes(ctx.get('Content-Encoding').toLowerCase())) return false;
  const [type = '', ...parameters] = ctx
    .get('Content-Type')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const utf8 = parameters.every((parameter) => ['', 'charset=utf-8', 'charset="utf-8"'].includes(parameter));
  return type === 'application/x-www-form-urlencoded' && utf8;
}

/** The value of a declared field, trimmed; empty when the form has none. Throws a defect for a field the route does not declare. */
export function field(ctx: Context, name: string): string {
  return raw(ctx, name).trim();
}

/** A secret field exactly as typed, sealed from here on. */
export function sealedField(ctx: Context, name: string): Sealed<string> {
  return new Sealed(raw(ctx, name));
}

function raw(ctx: Context, name: string): string {
  const declared = ctx.state['formFields'] as readonly string[] | undefined;
  if (declared?.includes(name) !== true) throw new Error(`field ${name} is not declared by this route`);
  return (ctx.state['form'] as Form).get(name) ?? '';
}
