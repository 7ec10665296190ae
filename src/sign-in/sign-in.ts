import type { AccessDecision } from '../accounts/account-access.policy.ts';
import type { Proof } from '../assurance/proof.ts';
import type { IdentifierKey, SubjectId } from '../kernel/ids.ts';

/** Who this visitor says to be. A known and an unknown number differ only in `account`. */
export interface Claimed {
  readonly key: IdentifierKey;
  /** What may be shown back: `079 ••• ••• 234`. */
  readonly maskedNationalId: string;
  readonly account?: ClaimedAccount;
}

export interface ClaimedAccount {
  readonly subject: SubjectId;
  readonly use: AccessDecision;
  readonly maskedPhone?: string;
}

/** What the account has to show beside a password; read once the first proof stands, so that no stranger causes it. */
export interface Held {
  readonly totp: boolean;
  readonly passkey: boolean;
}

/** What one visitor has shown so far in one interaction. Facts only; the step is worked out from them. */
export interface SignIn {
  /** «Not you?» was pressed: the session's person is not offered again. */
  readonly startedOver?: true;
  readonly who?: Claimed;
  readonly proofs: readonly Proof[];
  readonly held?: Held;
  /** The second factor in hand: chosen, or the only one. */
  readonly chosen?: 'sms_code' | 'totp';
  /** Epoch seconds after which another code may be asked for. */
  readonly resendAtSeconds?: number;
  /** What the person has yet to decide for this portal; known once enough is proven. */
  readonly missingConsent?: readonly string[];
  /** The consent page was answered in this visit. */
  readonly consentGiven?: true;
}

export const NOTHING_SHOWN: SignIn = { proofs: [] };
