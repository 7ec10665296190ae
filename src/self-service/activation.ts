import type { Personal } from '../accounts/account.ts';
import type { Invitation } from '../accounts/invitation.ts';
import type { AccountLevel } from '../assurance/assurance-level.ts';
import type { Proof } from '../assurance/proof.ts';
import type { IdentifierKey, SubjectId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';

/** Who stands behind an activation, as their account has them. */
export interface Invitee {
  readonly subject: SubjectId;
  readonly change: Invitation['change'];
  /** What the invitation leads to. */
  readonly level: AccountLevel;
  /** Whose phone is asked: the holder's own account, or the guardian's. */
  readonly through: SubjectId;
  /** E.164. */
  readonly phone: string;
  readonly personal: Personal;
}

/** What one person has shown so far on the way to activating. Facts only; the step is worked out from them. */
export interface OpenActivation {
  readonly kind: 'open';
  /** Counts tries and sends of this number; apart from signing in, so that a stranger here locks nobody out. */
  readonly counted: IdentifierKey;
  /** 12 digits, as typed: to show it back masked. */
  readonly nationalId: Sealed<string>;
  /** Absent for a decoy, which looks the same from outside. */
  readonly invitee?: Sealed<Invitee>;
  /** Epoch seconds after which another code may be asked for. */
  readonly resendAtSeconds: number;
  readonly proofs: readonly Proof[];
}

/** The account is active; nothing personal is kept here any longer. */
export interface DoneActivation {
  readonly kind: 'activated';
  readonly level: AccountLevel;
  /** Of somebody in the care of whoever activated it. */
  readonly isDependants: boolean;
}

export type Activation = OpenActivation | DoneActivation;
