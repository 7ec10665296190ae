import type { Provider } from 'oidc-provider';
import { Sealed } from '../../kernel/sealed.ts';
import { matchesClientSecret } from './client-secret.ts';

/** Sends one logout token to a portal now; throws when the portal did not take it. */
export type SendLogout = (portalId: string, accountId: string, sid: string) => Promise<'sent' | 'not_wanted'>;

interface ClientPrototype {
  clientId: string;
  clientSecret?: string;
  jwksUri?: string;
  backchannelLogoutUri?: string;
  asymmetricKeyStore: { stale(): boolean; clear(): void };
  compareClientSecret(actual: string): boolean;
  backchannelLogout: (this: ClientPrototype, accountId: string, sid: string) => Promise<unknown>;
}

/**
 * Secrets are compared with their stored hash, keys of a `jwks_uri` are looked for again when their time is over, and a
 * logout is queued (`enqueue`) instead of tried once. What comes back sends a logout for real, for whoever works the queue off.
 */
export function extendClient(
  provider: Provider,
  enqueue: (portalId: string, accountId: string, sid: string) => Promise<void>,
): SendLogout {
  const prototype = (provider.Client as unknown as { prototype: ClientPrototype }).prototype;
  prototype.compareClientSecret = function (actual) {
    return matchesClientSecret(this.clientSecret ?? '', new Sealed(actual));
  };
  forgetOldKeys(provider);
  const send = prototype.backchannelLogout;
  prototype.backchannelLogout = function (accountId, sid) {
    return enqueue(this.clientId, accountId, sid);
  };
  return async (portalId, accountId, sid) => {
    const client = (await provider.Client.find(portalId)) as unknown as ClientPrototype | undefined;
    if (!client?.backchannelLogoutUri) return 'not_wanted';
    await send.call(client, accountId, sid);
    return 'sent';
  };
}

/** The library asks a `jwks_uri` again only when a signature fails: a key that a portal has taken back would work on. */
function forgetOldKeys(provider: Provider): void {
  const model = provider.Client as unknown as { find(id: string): Promise<ClientPrototype | undefined> };
  const find = model.find.bind(model);
  model.find = async (id) => {
    const client = await find(id);
    if (client?.jwksUri !== undefined && client.asymmetricKeyStore.stale()) client.asymmetricKeyStore.clear();
    return client;
  };
}
