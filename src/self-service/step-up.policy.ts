import { ACR_TABLE } from '../assurance/achieved-level.policy.ts';
import type { AccountLevel, Acr } from '../assurance/assurance-level.ts';
import type { Authenticator } from '../assurance/proof.ts';
import { highestHeld, type Held } from '../authenticators/factor-change.policy.ts';

/** What a change of factors asks the person to sign in with. */
export interface StepUpNeed {
  readonly acr: Acr;
  readonly by: 'passkey' | 'totp' | 'sms_code';
}

/**
 * The level to ask for, so that the highest factor held is shown: the strongest row of the acr table that these factors
 * fill. An account of level 01 reaches only LoA1, where other ways lead too: then the page says which one is wanted.
 */
export function stepUpNeed(level: AccountLevel, held: Pick<Held, 'totp' | 'passkey'>): StepUpNeed {
  const shown = highestHeld(held);
  const isFilled = (needs: readonly Authenticator[]) => needs.every((by) => shown.includes(by));
  const row = ACR_TABLE.find(({ account, needs }) => account.includes(level) && isFilled(needs));
  return { acr: row?.acr ?? 'LoA1', by: shown.find((by) => by !== 'password') ?? 'sms_code' };
}
