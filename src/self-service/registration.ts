import type { Personal } from '../accounts/account.ts';
import type { IdentifierKey, InteractionId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';

/** What was typed and is needed again: to show it back masked, and to send once more. */
export interface Typed {
  /** 12 digits. */
  readonly nationalId: string;
  /** E.164. */
  readonly phone: string;
}

/** What one newcomer has shown so far. Facts only; the step is worked out from them. */
export interface OpenRegistration {
  readonly kind: 'open';
  /** Counts tries and sends of this number; in registration only, so that a stranger here locks nobody out of signing in. */
  readonly counted: IdentifierKey;
  readonly typed: Sealed<Typed>;
  /** Who will get the account, as the registry has them. Absent for a decoy, which looks the same from outside. */
  readonly newcomer?: Sealed<Personal>;
  /** Epoch seconds after which another code may be asked for. */
  readonly resendAtSeconds: number;
  readonly phoneProvenAtSeconds?: number;
  /** The visit of a portal that the person came from. */
  readonly interaction?: InteractionId;
}

/** The account is open; nothing personal is kept here any longer. */
export interface DoneRegistration {
  readonly kind: 'opened';
  readonly interaction?: InteractionId;
}

export type Registration = OpenRegistration | DoneRegistration;
