import type { Provider } from 'oidc-provider';
import { Sealed } from '../../kernel/sealed.ts';
import { matchesClientSecret } from './client-secret.ts';

/** Sends one logout token to a portal now; throws when the portal did not take it. */
export type SendLogout = (portalId: string, accountId: string, sid: string) => Promise<'sent' | 'not_wanted'>;

interface ClientPrototype {
  clientId: string;
  clientSecret?: string;
  backchannelLogoutUri?: string;
  compareClientSecret(actual: string): boolean;
  backchannelLogout: (this: ClientPrototype, accountId: string, sid: string) => Promise<unknown>;
}

/**
 * Secrets are compared with their stored hash, and a logout is queued (`enqueue`) instead of tried once. What comes back
 * sends a logout for real, for whoever works the queue off.
 */
export function extendClient(
  provider: Provider,
  enqueue: (portalId: string, accountId: string, sid: string) => Promise<void>,
): SendLogout {
  const prototype = (provider.Client as unknown as { prototype: ClientPrototype }).prototype;
  prototype.compareClientSecret = function (actual) {
    return matchesClientSecret(this.clientSecret ?? '', new Sealed(actual));
  };
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
