import { ACR_TABLE } from '../assurance/achieved-level.policy.ts';
import type { AccountLevel, Acr } from '../assurance/assurance-level.ts';
import type { Authenticator, Proof } from '../assurance/proof.ts';
import type { SubjectId } from '../kernel/ids.ts';

/** Someone wants to add or remove an authenticator, and this is what they showed in this session or interaction. */
export interface FactorChange {
  /** Binds what a ceremony begins to what finishes it. */
  readonly transaction: string;
  readonly subject: SubjectId;
  readonly shown: readonly Proof[];
}

/** What is held, as far as the decision needs it. A code by SMS is held by everybody with a phone on record. */
export interface Held {
  readonly totp: boolean;
  readonly passkey: boolean;
  readonly password: boolean;
  readonly phone: boolean;
}

/** Authentication not older than this for a change of factors (login.gov). */
const FRESH_SECONDS = 20 * 60;

/** The highest factor held: what must be shown to change any. A low session must not add or remove a high one. */
export function highestHeld(held: Pick<Held, 'totp' | 'passkey'>): readonly Authenticator[] {
  if (held.passkey) return ['passkey'];
  return held.totp ? ['password', 'totp'] : ['password', 'sms_code'];
}

/** What must be shown anew before a change; empty when all was shown within the last 20 minutes. */
export function freshFactorNeeded(
  held: Pick<Held, 'totp' | 'passkey'>,
  shown: readonly Proof[],
  nowSeconds: number,
): readonly Authenticator[] {
  const isShown = (by: Authenticator) => shown.some((proof) => proof.by === by && isFresh(proof, nowSeconds));
  return highestHeld(held).filter((by) => !isShown(by));
}

const isFresh = (proof: Proof, nowSeconds: number): boolean => nowSeconds - proof.atSeconds <= FRESH_SECONDS;

/** What the holder of an account of this level must stay able to reach. */
const KEPT_LEVEL: Readonly<Record<AccountLevel, Acr>> = { '01': 'LoA1', '02': 'LoA2' };

/** Whether an account may go on with just `after`: some way to its level must be left, unless there was none before either. */
export function mayGoOnWith(level: AccountLevel, before: Held, after: Held): boolean {
  const kept = canReach(level, before) ? KEPT_LEVEL[level] : 'LoA1';
  return canReach(level, after, kept);
}

function canReach(level: AccountLevel, held: Held, acr: Acr = KEPT_LEVEL[level]): boolean {
  const has: Readonly<Record<Authenticator, boolean>> = { ...held, sms_code: held.phone };
  return ACR_TABLE.some(
    (row) => row.acr === acr && row.account.includes(level) && row.needs.every((authenticator) => has[authenticator]),
  );
}
