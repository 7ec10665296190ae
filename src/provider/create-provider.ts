import Keygrip from 'keygrip';
import type { Middleware } from 'koa';
import { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { epochSeconds, type Clock } from '../kernel/clock.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { extendClient, type SendLogout } from './clients/extend-client.ts';
import { dynamicRegistration } from './clients/register-dynamic-portal.ts';
import { configuration } from './configuration.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import { readSecrets, readSigningKeys } from './keys/key-folder.ts';
import { sandboxKey } from './keys/sandbox-key.ts';
import type { SigningKey } from './keys/signing-key.ts';
import { watchKeys } from './keys/watch-keys.ts';
import { insertLogouts } from './logout/logout-queue.store.ts';
import { startLogoutWorker } from './logout/logout-worker.ts';
import { createOutboundFetch, type OutboundFetch } from './outbound/guarded-fetch.ts';
import { rememberKeySets } from './outbound/remember-key-sets.ts';
import type { ProviderPages } from './pages.ts';
import { reportErrors } from './report-errors.ts';
import { serveProvider } from './serve-provider.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { extendSession } from './sign-on/extend-session.ts';
import { createAdapter } from './store/create-adapter.ts';
import { documentStore } from './store/document.store.ts';
import { markerStore } from './store/marker.store.ts';
import { sessionStore } from './store/session.store.ts';

export interface ProviderDeps {
  readonly issuer: string;
  readonly sandbox: boolean;
  readonly keysDir: string;
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly directory: PortalDirectory;
  readonly pages: ProviderPages;
  readonly log: Logger;
  /** Hosts of portals on internal networks that keys may be fetched from and logouts sent to. */
  readonly internalHosts?: readonly string[];
}

export interface ProviderHandle {
  /** Serves the protocol's addresses and lets every other go on. Follows key rotations by itself. */
  readonly middleware: Middleware;
  /** The application's `keys`: interaction and session cookies are signed with them on both sides. */
  readonly cookieKeys: Keygrip;
  readonly interactions: Interactions;
  readonly sessions: Sessions;
  /** For other addresses that portals give us. */
  readonly fetch: OutboundFetch;
  /** Looks at once for logouts that portals have still to hear of, when some were queued outside of a request. */
  tellPortals(): void;
  /** Ends the timers. Requests at work finish. */
  stop(): Promise<void>;
}

/** The OpenID Connect surface. Throws when the keys of `keysDir` are missing or damaged. */
export function createProvider(deps: ProviderDeps): ProviderHandle {
  const secrets = readSecrets(deps.keysDir);
  const sandbox = deps.sandbox ? { sandboxSigning: sandboxKey(deps.keysDir) } : {};
  const cookieKeys = new Keygrip(
    secrets.cookieKeys.map((key) => key.reveal()),
    'sha256',
  );
  const markers = markerStore(deps.cache);
  const outbound = createOutboundFetch({ allowedHosts: deps.internalHosts ?? [], loopback: deps.sandbox });
  const fetchKeySet = rememberKeySets(outbound.fetch, deps);
  const adapter = createAdapter({
    ...deps,
    markers,
    documents: documentStore(deps),
    sessions: sessionStore(deps),
    register: dynamicRegistration({ ...deps, fetch: outbound.fetch }),
  });
  const enqueue = async (portalId: string, accountId: string, sid: string) => {
    const logout = { subject: accountId as SubjectId, portalId: portalId as PortalId, sid };
    await insertLogouts(deps.db, [logout], deps.clock.now());
    worker.wake();
  };

  const build = (keys: readonly SigningKey[]): { provider: Provider; send: SendLogout } => {
    const settings = { ...deps, ...sandbox, secrets, cookieKeys, markers, adapter, fetch: outbound.fetch, fetchKeySet };
    const provider = new Provider(deps.issuer, configuration(settings, keys));
    provider.proxy = true; // the edge has written the forwarded headers itself
    extendSession(provider, deps.clock);
    detectReplays(provider, markers, deps.clock);
    reportErrors(provider, deps.log);
    return { provider, send: extendClient(provider, enqueue) };
  };
  let current = build(readSigningKeys(deps.keysDir));
  const worker = startLogoutWorker({ ...deps, send: (...args) => current.send(...args) });
  const watch = watchKeys(deps, deps.keysDir, {
    onChange: (keys) => {
      current = build(keys);
      deps.log.info({ event: 'signing_keys_changed', kid: keys[0]?.jwk.kid });
    },
    onFailure: (err) => deps.log.error({ event: 'signing_keys_unreadable', err }),
  });
  const provider = () => current.provider;
  return {
    middleware: serveProvider(provider),
    cookieKeys,
    interactions: createInteractions({ ...deps, provider }),
    sessions: createSessions({ ...deps, provider }),
    fetch: outbound.fetch,
    tellPortals: () => worker.wake(),
    async stop() {
      watch.stop();
      await worker.stop();
      await outbound.close();
    },
  };
}

/** The library looks for a proof and then writes it; here one write decides who was first. */
function detectReplays(provider: Provider, markers: ReturnType<typeof markerStore>, clock: Clock): void {
  const model = provider.ReplayDetection as unknown as {
    unique(issuer: string, id: string, expires: number): Promise<boolean>;
  };
  model.unique = (issuer, id, expires) => markers.firstSight(issuer, id, expires - epochSeconds(clock.now()));
}
