import { record } from '../../audit/record.ts';
import type { Proof } from '../../assurance/proof.ts';
import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { keyedHashes } from '../../storage/keyed-hash.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { clear, reserve } from '../attempts.store.ts';
import type { Claimant } from '../claimant.ts';
import { accepted, rejected } from '../events.ts';
import { orUnavailable, type Unavailable } from '../or-unavailable.ts';
import { SMS_CODE_PURPOSE, smsCodeInput } from './sms-code-hash.ts';
import { spendCode } from './sms-code.store.ts';

export interface VerifySmsCodeDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'hashing'>;
}

export type SmsCodeOutcome =
  | { readonly kind: 'verified'; readonly proof: Proof }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'locked'; readonly until: Date }
  | { readonly kind: 'exhausted' }
  | Unavailable;

/**
 * Whether this is the code last sent in this transaction for this claimant. Right once; `expired` after 5 minutes, 5 tries,
 * or when none was sent here. Wrong ones also count across transactions (lockout.policy.ts). A decoy never matches.
 */
export function verifySmsCode(
  deps: VerifySmsCodeDeps,
  { transaction, who }: { readonly transaction: string; readonly who: Claimant },
  code: Sealed<string>,
): Promise<SmsCodeOutcome> {
  return orUnavailable(async () => {
    const reservation = await reserve(deps.cache, 'sms_code', who.key, undefined, deps.clock.now());
    if (reservation.kind !== 'permitted') return reservation;
    const input = smsCodeInput(transaction, who.key, code.reveal());
    const hashes = keyedHashes(deps.keyring, SMS_CODE_PURPOSE, input).map(({ hash }) => hash.toString('base64url'));
    const answer = await spendCode(deps.cache, transaction, who.key, hashes);
    const at = deps.clock.now();
    if (answer !== 'accepted') {
      await record(
        deps.db,
        rejected('sms_code', who, reservation.inARow, answer === 'expired' ? 'none_left' : 'wrong'),
        at,
      );
      return { kind: answer === 'expired' ? 'expired' : 'rejected' };
    }
    await record(deps.db, accepted('sms_code', who), at);
    clear(deps.cache, 'sms_code', who.key);
    return { kind: 'verified', proof: { by: 'sms_code', atSeconds: epochSeconds(at) } };
  });
}
