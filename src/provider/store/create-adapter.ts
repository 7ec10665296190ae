import { errors, type Adapter, type AdapterFactory, type AdapterPayload } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { record } from '../../audit/record.ts';
import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import type { RegisterDynamicPortal } from '../clients/register-dynamic-portal.ts';
import { usedTwice } from '../events.ts';
import { parseGrantId } from '../sign-on/grant-id.ts';
import type { AccessDeps } from '../sign-on/read-access.ts';
import { silentOn } from '../sign-on/silent-sign-on.ts';
import { clientAdapter } from './client-adapter.ts';
import type { DocumentStore } from './document.store.ts';
import { grantAdapter } from './grant-adapter.ts';
import type { MarkerStore } from './marker.store.ts';
import { defer, memoOf } from './request-memo.ts';
import { sessionAdapter } from './session-adapter.ts';
import type { SessionStore } from './session.store.ts';

export interface AdapterDeps extends AccessDeps {
  readonly clock: Clock;
  readonly documents: DocumentStore;
  readonly markers: MarkerStore;
  readonly sessions: SessionStore;
  readonly register: RegisterDynamicPortal;
}

/** The library accepts what is this much past its time; the store must still have it then. */
const TOLERANCE_SECONDS = 15;
/** A pushed request is named again when its interaction ends, up to ten minutes later: it must still be known as used. */
const PUSHED_EXTRA_SECONDS = 11 * 60;
const ID = /^[\w-]{16,128}$/;

/**
 * What the library stores, where it goes. The library checks and then acts; here is the lock: what may be used once is taken
 * by one of many (single-use), what may be seen once is written by one of many (markers).
 */
export function createAdapter(deps: AdapterDeps): AdapterFactory {
  const adapters: Record<string, Partial<Adapter>> = {
    Client: clientAdapter(deps.directory, deps.register),
    Session: sessionAdapter(deps.sessions),
    Grant: grantAdapter(deps, deps.markers),
    Interaction: interactionAdapter(deps.documents),
    AccessToken: tokenAdapter(deps.documents),
    AuthorizationCode: singleUseAdapter(
      deps,
      'AuthorizationCode',
      TOLERANCE_SECONDS,
      () => new errors.InvalidGrant('authorization code already consumed'),
    ),
    RefreshToken: singleUseAdapter(
      deps,
      'RefreshToken',
      TOLERANCE_SECONDS,
      () => new errors.InvalidGrant('refresh token already used'),
    ),
    PushedAuthorizationRequest: singleUseAdapter(
      deps,
      'PushedAuthorizationRequest',
      PUSHED_EXTRA_SECONDS,
      () => new errors.InvalidRequestUri('request_uri was already used'),
    ),
  };
  return (name) => ({ ...refusing(name), ...adapters[name] });
}

/** The models of features that are off. The library never calls them; were one called, that is a defect. */
function refusing(name: string): Adapter {
  const refuse = () => Promise.reject(new Error(`the provider stores no ${name}`));
  const nothing = () => Promise.resolve();
  // ending the grant ends its tokens (marker.store): there is no list of them to go through
  return {
    upsert: refuse,
    find: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: nothing,
  };
}

/** Read and removed in one step when it is resumed: of two who resume it one finds it. */
const interactionAdapter = (documents: DocumentStore): Partial<Adapter> => ({
  upsert: async (id, payload, ttlSeconds = 1) => documents.save('Interaction', id, payload, ttlSeconds),
  async find(id) {
    if (!ID.test(id)) return undefined;
    const resuming = Provider.ctx?.oidc.route === 'resume';
    return (await (resuming ? documents.take('Interaction', id) : documents.find('Interaction', id))) as AdapterPayload;
  },
  async destroy(id) {
    if (Provider.ctx?.oidc.route !== 'resume') await documents.remove('Interaction', id);
  },
});

/** Tokens end with their grant, which ends with the sign-out: they need no look at the session's row. */
const withoutSessionLook = (payload: AdapterPayload): AdapterPayload => {
  const { expiresWithSession: _, ...kept } = payload;
  return kept;
};

const tokenAdapter = (documents: DocumentStore): Partial<Adapter> => ({
  async upsert(id, payload, ttlSeconds = 1) {
    const memo = memoOf(Provider.ctx?.req);
    defer(memo, documents.save('AccessToken', id, withoutSessionLook(payload), ttlSeconds + TOLERANCE_SECONDS));
  },
  async find(id) {
    return ID.test(id) ? ((await documents.find('AccessToken', id)) as AdapterPayload) : undefined;
  },
  destroy: (id) => documents.remove('AccessToken', id),
});

function singleUseAdapter(
  { db, documents, markers, clock }: Pick<AdapterDeps, 'db' | 'documents' | 'markers' | 'clock'>,
  model: string,
  extraSeconds: number,
  used: () => Error,
): Partial<Adapter> {
  const recordSecondUse = async (document: { grantId?: string } | undefined) => {
    const grant = parseGrantId(document?.grantId ?? '');
    if (grant) await record(db, usedTwice(model, grant), clock.now());
    return grant;
  };
  return {
    async upsert(id, payload, ttlSeconds = 1) {
      const memo = memoOf(Provider.ctx?.req);
      const kept = { ...withoutSessionLook(payload), silentOn: await silentOn(Provider.ctx, payload.accountId) };
      defer(memo, documents.saveUsable(model, id, kept, ttlSeconds + extraSeconds));
    },
    async find(id) {
      if (!ID.test(id)) return undefined;
      const found = await documents.findUsable(model, id);
      if (found) memoOf(Provider.ctx?.req).found.set(`${model} ${id}`, found);
      if (found?.consumed !== undefined && Provider.ctx?.oidc.route === 'token') await recordSecondUse(found);
      return found;
    },
    async consume(id) {
      if (await documents.useOnce(model, id, epochSeconds(clock.now()))) return;
      // RFC 6749, 4.1.2: a code used twice is a stolen code; everything that came of it ends
      const grant = await recordSecondUse(memoOf(Provider.ctx?.req).found.get(`${model} ${id}`));
      if (grant) await markers.endGrant(grant.family);
      throw used();
    },
    destroy: (id) => documents.remove(model, id),
  };
}
