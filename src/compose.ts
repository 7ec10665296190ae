import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type Koa from 'koa';
import type { Logger } from 'pino';
import { createGatewayWatch } from './authenticators/otp/gateway-watch.ts';
import { createHashQueue, hashQueueLimits } from './authenticators/password/hash-queue.ts';
import { relyingPartyOf } from './authenticators/webauthn/relying-party.ts';
import { startBackground } from './compose/background.ts';
import type { Config } from './config.ts';
import { secretSource } from './config/secret-source.ts';
import { createDelivery } from './delivery/deliver.ts';
import { parseDeliverySettings } from './delivery/delivery-config.ts';
import { openGateways } from './delivery/open-gateways.ts';
import { loadAssets } from './http/assets.ts';
import { brandAssets } from './http/brand.ts';
import { createEdge } from './http/edge.ts';
import { page } from './http/page.ts';
import { createRenderer } from './http/renderer.ts';
import { RequestError } from './http/request-error.ts';
import { createRouteCounter } from './http/route-limit.ts';
import { open, type Route } from './http/route.ts';
import { serveRoutes } from './http/serve-routes.ts';
import { loadTexts } from './http/texts.ts';
import type { Clock } from './kernel/clock.ts';
import { officerDoor } from './officers/sign-in/officer-door.routes.ts';
import { officersRoutes } from './officers/officers.routes.ts';
import { admitStaff } from './officers/staff/admit-staff.ts';
import { openPortalDirectory } from './portals/portal-directory.ts';
import { accountPortal } from './provider/clients/account-portal.ts';
import { createProvider } from './provider/create-provider.ts';
import { httpOrganisationRegister } from './registry/http-organisation-register.ts';
import { httpPopulationRegistry } from './registry/http-population-registry.ts';
import { loadSandbox } from './sandbox/load-sandbox.ts';
import { sandboxStaff } from './sandbox/officers.ts';
import { createOutbox } from './sandbox/outbox.ts';
import { sandboxRoutes } from './sandbox/sandbox.routes.ts';
import { selfServiceRoutes } from './self-service/self-service.routes.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { loadKeyring, parseKeyring } from './storage/keyring-file.ts';
import { hmac, type Keyring } from './storage/keyring.ts';
import { openDatabase, type Database } from './storage/postgres.ts';
import type { Cache } from './storage/redis.ts';

export interface Parts {
  readonly db: Database;
  readonly cache: Cache;
  readonly log: Logger;
  readonly clock: Clock;
}

/** For the job queue and the registry's feed: they must not wait for requests, nor requests for them. */
const BACKGROUND_CONNECTIONS = 8;
const VIEWS = path.join(import.meta.dirname, '../views');
const SANDBOX_ASSETS = path.join(import.meta.dirname, 'sandbox/assets');

/** The one place where things meet. No decisions here. */
export async function compose(config: Config, parts: Parts): Promise<{ app: Koa; stop(): Promise<void> }> {
  const { issuer, sandbox, brand } = config;
  const { clock, log } = parts;
  const keyring = keyringOf(config);
  const hashQueue = createHashQueue(hashQueueLimits(availableParallelism()));
  const links = sandbox ? await loadSandbox({ ...parts, keyring, hashQueue }, { ...config, ...sandbox }) : [];
  if (sandbox) await admitStaff({ ...parts, keyring }, sandboxStaff(), 'sandbox');
  const portals = await openPortalDirectory(parts.db, [accountPortal(issuer)]);
  const pages = createPages(config);
  const outbox = sandbox ? createOutbox({ clock }) : undefined;
  const ways =
    outbox && !config.deliveryFile
      ? { gateways: { sms: [outbox], email: [outbox] }, close: async () => undefined }
      : configured(config);
  const { url: baseUrl, token, timeoutMs } = config.registry;
  const backgroundDb = openDatabase(config.databaseUrl.reveal(), { max: BACKGROUND_CONNECTIONS });

  const provider = createProvider({
    ...parts,
    issuer,
    sandbox: sandbox !== undefined,
    keysDir: config.keysDir,
    keyring,
    directory: portals,
    pages: {
      signOut: (ctx, model) => page(ctx, 'sign-in/sign-out', model),
      signedOut: (ctx, model) => page(ctx, 'sign-in/signed-out', model),
    },
  });
  const capabilities = {
    ...parts,
    keyring,
    portals,
    issuer,
    brandName: brand.name,
    keysDir: config.keysDir,
    interactions: provider.interactions,
    sessions: provider.sessions,
    fetch: provider.fetch,
    loopback: sandbox !== undefined,
    registry: httpPopulationRegistry({ log }, { baseUrl, token, timeoutMs }),
    organisations: httpOrganisationRegister({ log }, { baseUrl, token, timeoutMs }),
    delivery: createDelivery(ways.gateways, { clock, log }),
    gatewayWatch: createGatewayWatch(),
    hashQueue,
    relyingParty: relyingPartyOf(issuer, brand.name),
    texts: pages.texts,
    smsMarks: true,
    syncedOfficerPasskeys: sandbox !== undefined,
  };

  const app = createEdge({
    issuer: new URL(issuer),
    trustProxy: config.trustProxy,
    csrfSecret: secretFor(keyring, 'csrf'),
    renderer: pages.renderer,
    log,
    clock,
  });
  app.keys = provider.cookieKeys;
  const routes: Route[] = [
    ...pages.assets.routes,
    homeRoute,
    ...signInRoutes(capabilities),
    ...selfServiceRoutes(capabilities),
    ...officersRoutes(capabilities),
  ];
  if (outbox) routes.push(...sandboxRoutes({ outbox, portals: links, clock }));
  const counter = createRouteCounter({ cache: parts.cache, secret: secretFor(keyring, 'route-limit') });
  app.use(officerDoor(capabilities));
  app.use(serveRoutes(routes, { counter }));
  app.use(provider.middleware);
  app.use(() => {
    throw new RequestError('not_found');
  });

  const background = await startBackground({
    ...capabilities,
    db: backgroundDb,
    tellPortals: () => provider.tellPortals(),
  });

  return {
    app,
    async stop() {
      await background.stop();
      await backgroundDb.end();
      await provider.stop();
      await portals.stop();
      await ways.close();
    },
  };
}

const homeRoute: Route = { method: 'GET', path: '/', guard: open, handle: (ctx) => ctx.redirect('/account') };

function createPages({ brand, sandbox }: Config) {
  const folders = [path.join(VIEWS, 'assets'), ...(sandbox ? [SANDBOX_ASSETS] : [])];
  const assets = loadAssets(folders, brandAssets(brand));
  const scripts = sandbox ? ['sandbox-passkey.js'] : [];
  const texts = loadTexts(path.join(VIEWS, 'locales'));
  return { assets, texts, renderer: createRenderer({ viewsDir: VIEWS, brand, assets, scripts }) };
}

function configured({ deliveryFile }: Config) {
  const settings = parseDeliverySettings(deliveryFile ? readFileSync(deliveryFile, 'utf8') : '{}');
  return openGateways(settings, secretSource);
}

const keyringOf = ({ dataKeys, keysDir }: Config): Keyring =>
  dataKeys ? parseKeyring(dataKeys.reveal(), 'EID_DATA_KEYS') : loadKeyring(keysDir);

/** A secret of its own for each use, from the oldest hashing key, so that a rotation interrupts nobody. */
const secretFor = (keyring: Keyring, purpose: string): Buffer =>
  hmac(keyring.hashing, Math.min(...keyring.hashing.byVersion.keys()), 'derived-secret', purpose);
