import type { Provider } from 'oidc-provider';
import { epochSeconds, type Clock } from '../../kernel/clock.ts';

interface SessionPrototype {
  uid: string;
  jti: string;
  destroyed: boolean;
  signedInAt?: number;
  adapter: { destroy(id: string): Promise<void> };
  emit(event: string): void;
  loginAccount: (this: SessionPrototype, details: object) => void;
  destroy(): Promise<void>;
}

/**
 * Three things the library's session lacks: a cookie value that names the row it belongs to (`uid.id`), the moment the
 * sign-in was taken in (`signedInAt`; `auth_time` may be older), and an end that ends the row.
 */
export function extendSession(provider: Provider, clock: Clock): void {
  const Session = provider.Session as unknown as { IN_PAYLOAD: string[]; prototype: SessionPrototype };
  const payload = [...Session.IN_PAYLOAD, 'signedInAt'];
  Object.defineProperty(Session, 'IN_PAYLOAD', { get: () => payload });
  Object.defineProperty(Session.prototype, 'id', {
    get(this: SessionPrototype) {
      return `${this.uid}.${this.jti}`;
    },
    set(this: SessionPrototype, id: string) {
      this.jti = id;
    },
  });
  const { loginAccount } = Session.prototype;
  Session.prototype.loginAccount = function (details) {
    loginAccount.call(this, details);
    this.signedInAt = epochSeconds(clock.now());
  };
  Session.prototype.destroy = async function () {
    await this.adapter.destroy(this.uid);
    this.emit('destroyed');
    this.destroyed = true;
  };
}
