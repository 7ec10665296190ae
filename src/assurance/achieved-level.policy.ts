import { amrOf, type Amr } from './amr.ts';
import { isAtLeast, type AccountLevel, type Acr } from './assurance-level.ts';
import type { Authenticator, Proof } from './proof.ts';

interface Row {
  readonly acr: Acr;
  readonly account: readonly AccountLevel[];
  readonly needs: readonly Authenticator[];
  readonly maxAgeSeconds?: number;
}

const LOA3_MAX_AGE_SECONDS = 15 * 60; // NIST SP 800-63B-4, AAL3 reauthentication

/**
 * The acr contract in one table, strong to weak; within a level the passkey first, since it needs nothing beside it.
 * Two axes: how well the account was proven (Decree 69/2024 art. 7) and what was shown just now (art. 20).
 */
export const ACR_TABLE: readonly Row[] = [
  { acr: 'LoA3', account: ['02'], needs: ['passkey'], maxAgeSeconds: LOA3_MAX_AGE_SECONDS },
  { acr: 'LoA2', account: ['02'], needs: ['passkey'] },
  { acr: 'LoA2', account: ['02'], needs: ['password', 'totp'] },
  { acr: 'LoA1', account: ['01', '02'], needs: ['passkey'] },
  { acr: 'LoA1', account: ['01', '02'], needs: ['password', 'totp'] },
  { acr: 'LoA1', account: ['01', '02'], needs: ['password', 'sms_code'] },
];

/** What a sign-in may truthfully claim. `authTimeSeconds` is the *oldest* proof it rests on, never a fresher one. */
export interface Achieved {
  readonly acr: Acr;
  readonly amr: readonly Amr[];
  readonly authTimeSeconds: number;
}

/** The proofs of one row, if all are shown and fresh enough: of each authenticator the newest counts. */
function proofsFor(row: Row, proofs: readonly Proof[], nowSeconds: number): Proof[] | undefined {
  const used = row.needs.map((by) => newest(proofs.filter((proof) => proof.by === by)));
  const isFresh = (proof: Proof | undefined): proof is Proof =>
    proof !== undefined && nowSeconds - proof.atSeconds <= (row.maxAgeSeconds ?? Infinity);
  return used.every(isFresh) ? used : undefined;
}

const newest = (proofs: readonly Proof[]): Proof | undefined =>
  proofs.reduce<Proof | undefined>(
    (best, proof) => (best && best.atSeconds >= proof.atSeconds ? best : proof),
    undefined,
  );

/** The strongest row that the account and the proofs fill; undefined while not even the weakest is. */
export function achievedLevel(
  account: AccountLevel,
  proofs: readonly Proof[],
  nowSeconds: number,
): Achieved | undefined {
  for (const row of ACR_TABLE) {
    if (!row.account.includes(account)) continue;
    const used = proofsFor(row, proofs, nowSeconds);
    if (!used) continue;
    return { acr: row.acr, amr: amrOf(used), authTimeSeconds: Math.min(...used.map((proof) => proof.atSeconds)) };
  }
  return undefined;
}

/** The ways to reach `wanted` from here, each as what is still to be shown; empty when the account's level forbids it. */
export function waysTo(
  wanted: Acr,
  account: AccountLevel,
  proofs: readonly Proof[],
  nowSeconds: number,
): readonly (readonly Authenticator[])[] {
  return ACR_TABLE.filter((row) => isAtLeast(row.acr, wanted) && row.account.includes(account)).map((row) =>
    row.needs.filter((by) => !proofsFor({ ...row, needs: [by] }, proofs, nowSeconds)),
  );
}
