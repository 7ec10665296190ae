import type { AccessDecision } from '../accounts/account-access.policy.ts';
import type { Guardianship } from '../accounts/guardianship.policy.ts';
import type { Proof } from '../assurance/proof.ts';
import type { IdentifierKey, SubjectId } from '../kernel/ids.ts';
import type { ActingFor } from '../portals/acting.policy.ts';

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
  /** Absent for an account that never had a guardian. */
  readonly guardianship?: Guardianship;
}

/** One guardian's word for one sign-in of one dependant. No proof of the dependant's own: it raises nothing. */
export interface GuardianConfirmed {
  readonly by: 'passkey' | 'sms_code';
  readonly atSeconds: number;
  readonly guardian: SubjectId;
  readonly dependant: SubjectId;
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
  /** A code was sent to this guardian; another one may be asked for after `resendAtSeconds` (epoch seconds). */
  readonly guardianCode?: { readonly guardian: SubjectId; readonly resendAtSeconds: number };
  readonly guardianConfirmed?: GuardianConfirmed;
  /** What the person has yet to decide for this portal; known once enough is proven. */
  readonly missingConsent?: readonly string[];
  /** The portal asks for whom the person acts: these organisations stand beside themselves. Absent: nothing to choose. */
  readonly actingChoices?: readonly SubjectId[];
  readonly actingFor?: ActingFor;
  /** The consent page was answered in this visit. */
  readonly consentGiven?: true;
}

export const NOTHING_SHOWN: SignIn = { proofs: [] };
