/** The provider as a process of its own, with a door that does what the test tells it to. */
import { createServer } from 'node:http';
import type { Context } from 'koa';
import { createEdge } from '../../../src/http/edge.ts';
import { createLog } from '../../../src/http/log.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { openPortalDirectory } from '../../../src/portals/portal-directory.ts';
import { accountPortal } from '../../../src/provider/clients/account-portal.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import { endSessions } from '../../../src/provider/end-sessions.ts';
import type { RefusalCode, SignedIn } from '../../../src/provider/interactions.ts';
import { initKeys } from '../../../src/provider/keys/init-keys.ts';
import { openDatabase } from '../../../src/storage/postgres.ts';
import { openCache } from '../../../src/storage/redis.ts';
import { testKeyring } from './test-keyring.ts';

const env = (name: string) => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
};
const issuer = env('ISSUER');
/** The process's own time may be moved ahead (`/test/ahead`), so that nobody waits for what lapses. */
const RealDate = Date;
let aheadMs = 0;
globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number | string]) {
    super(...((given.length === 0 ? [RealDate.now() + aheadMs] : given) as [number]));
  }
  static override now(): number {
    return RealDate.now() + aheadMs;
  }
} as DateConstructor;
const keysDir = env('KEYS_DIR');
const sandbox = process.env['SANDBOX'] === 'true';
const clock = systemClock;
const log = createLog({ level: 'debug' });
const db = openDatabase(env('DB'));
let calls = 0;
/** Counts what the adapter asks of Redis; the index of an account's sessions (zadd, expire) rides along with the session. */
const COUNTED = ['get', 'set', 'getdel', 'del', 'eval', 'hmget', 'hgetall', 'exists'];
const cache = new Proxy(openCache(env('CACHE')), {
  get(target, name) {
    const value: unknown = Reflect.get(target, name, target);
    if (typeof value !== 'function') return value;
    if (COUNTED.includes(String(name))) calls += 1;
    return value.bind(target) as unknown;
  },
});
initKeys({ clock }, keysDir);
const directory = await openPortalDirectory(db, [accountPortal(issuer)]);
const keyring = testKeyring();

const deps = { issuer, sandbox, keysDir, db, cache, clock, keyring, directory, log };
const provider = createProvider({
  ...deps,
  pages: {
    signOut(ctx, model) {
      ctx.type = 'html';
      ctx.body = JSON.stringify({ step: 'sign-out', ...model });
    },
    signedOut(ctx, model) {
      ctx.type = 'html';
      ctx.body = JSON.stringify({ step: 'signed-out', ...model });
    },
  },
});

const app = createEdge({
  issuer: new URL(issuer),
  trustProxy: issuer.startsWith('https:'),
  csrfSecret: Buffer.alloc(32, 7),
  renderer: { render: () => '' },
  render: (ctx, refusal) => {
    ctx.type = 'html';
    ctx.body = `<main data-step="error">${refusal.code}</main>`;
  },
  log,
  clock,
});
app.keys = provider.cookieKeys;

const DOOR: Record<string, (ctx: Context, query: URLSearchParams) => Promise<void>> = {
  async show(ctx) {
    ctx.body = await provider.interactions.current(ctx);
  },
  async finish(ctx, query) {
    const signedIn: SignedIn | undefined = query.has('subject')
      ? {
          subject: query.get('subject') as SubjectId,
          acr: query.get('acr') as SignedIn['acr'],
          amr: (query.get('amr') ?? '').split(' ') as unknown as SignedIn['amr'],
          authTimeSeconds: Number(query.get('at')),
        }
      : undefined;
    if (!(await provider.interactions.finish(ctx, signedIn))) ctx.body = { kind: 'gone' };
  },
  async refuse(ctx, query) {
    if (!(await provider.interactions.refuse(ctx, query.get('code') as RefusalCode))) ctx.body = { kind: 'gone' };
  },
};

app.use(async (ctx, next) => {
  const query = new URLSearchParams(ctx.querystring);
  const [, door, , action = 'show'] = ctx.path.split('/');
  if (door === 'interaction') await DOOR[action]?.(ctx, query);
  else if (ctx.path === '/account/session') ctx.body = (await provider.sessions.current(ctx)) ?? { kind: 'nobody' };
  else if (ctx.path === '/test/calls') {
    ctx.body = { calls };
    calls = 0;
  } else if (ctx.path === '/test/ahead') {
    aheadMs += Number(query.get('seconds')) * 1000;
    ctx.body = {};
  } else if (ctx.path === '/test/end-sessions') {
    ctx.body = { ended: await endSessions(deps, query.get('subject') as SubjectId) };
  } else await next();
});
app.use(provider.middleware);

const server = createServer(app.callback() as Parameters<typeof createServer>[1]);
server.listen(Number(process.env['PORT'] ?? new URL(issuer).port), '127.0.0.1', () =>
  process.send?.({ kind: 'ready' }),
);
process.on('disconnect', () => process.exit(0));
