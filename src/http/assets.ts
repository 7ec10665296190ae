import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { RequestError } from './request-error.ts';
import { open, type Route } from './route.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
const PATH = '/assets/:file';

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** Every static file of the pages, in memory, under an address that changes with its content. */
export interface Assets {
  /** The address of a file by its name; throws for a name that is not there. */
  readonly url: (name: string) => string;
  /** Whether a file of that name is there. */
  readonly has: (name: string) => boolean;
  readonly routes: readonly Route[];
}

/** Reads the files of the folders and those made at start (the brand's colours); a name given twice throws. */
export function loadAssets(folders: readonly string[], made: Readonly<Record<string, string>> = {}): Assets {
  const urls = new Map<string, string>();
  const files = new Map<string, Asset>();
  const add = (name: string, plain: Buffer): void => {
    const type = TYPES[extname(name)];
    if (!type) return;
    if (urls.has(name)) throw new Error(`two assets are called ${name}`);
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12);
    const file = name.replace(/(\.\w+)$/, `.${hash}$1`);
    urls.set(name, PATH.replace(':file', file));
    files.set(file, { type, plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) });
  };
  for (const folder of folders) {
    for (const name of readdirSync(folder)) if (TYPES[extname(name)]) add(name, readFileSync(join(folder, name)));
  }
  for (const [name, text] of Object.entries(made)) add(name, Buffer.from(text));
  return {
    url: (name) => urls.get(name) ?? missing(name),
    has: (name) => urls.has(name),
    routes: [{ method: 'GET', path: PATH, guard: open, handle: (ctx) => send(ctx, files) }],
  };
}

function missing(name: string): never {
  throw new Error(`no asset is called ${name}`);
}

function send(ctx: Context, files: ReadonlyMap<string, Asset>): void {
  const asset = files.get(ctx.path.slice('/assets/'.length));
  if (!asset) throw new RequestError('not_found');
  const coding = ctx.acceptsEncodings('br', 'gzip', 'identity');
  const packed = coding === 'br' || coding === 'gzip' ? coding : undefined;
  ctx.set('cache-control', 'public, max-age=31536000, immutable');
  ctx.set('x-content-type-options', 'nosniff');
  ctx.vary('accept-encoding');
  if (packed) ctx.set('content-encoding', packed);
  ctx.type = asset.type;
  ctx.body = packed ? asset[packed] : asset.plain;
}
