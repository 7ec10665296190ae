import type { Acr } from '../assurance/assurance-level.ts';
import type { Said } from '../http/locale.ts';

/** A synthetic person to try, with all there is to type. */
export interface TryPerson {
  readonly nationalId: string;
  readonly fullName: string;
  readonly password?: string;
  readonly totpSecret?: string;
  /** What their app shows at this moment. */
  readonly totpCode?: string;
  /** E.164. */
  readonly phone?: string;
  /** Holds a sandbox passkey. */
  readonly passkey: boolean;
  readonly note: Said;
}

export interface SandboxHomeModel {
  readonly portals: readonly { readonly name: Said; readonly url: string; readonly wants: Acr }[];
  readonly people: readonly TryPerson[];
  /** A guardian of level 02, and the children to try opening accounts for. */
  readonly household?: {
    readonly guardian: string;
    readonly nationalId: string;
    readonly children: readonly { readonly fullName: string; readonly nationalId: string; readonly note: Said }[];
  };
  /** Somebody without an account, to try the registration with. */
  readonly newcomer?: {
    readonly nationalId: string;
    readonly fullName: string;
    /** ISO 8601. */
    readonly birthDate: string;
    readonly cardIssuedOn: string;
    readonly phone: string;
  };
}

export interface OutboxModel {
  /** Shows only what was sent to this number or address. */
  readonly to?: string;
  /** Newest first. */
  readonly messages: readonly {
    readonly to: string;
    readonly channel: 'sms' | 'email';
    readonly text: string;
    readonly at: Date;
  }[];
}

declare module '../http/page.ts' {
  interface Views {
    'sandbox/home': SandboxHomeModel;
    'sandbox/outbox': OutboxModel;
  }
}
