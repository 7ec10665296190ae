import { record } from '../../audit/record.ts';
import type { Proof } from '../../assurance/proof.ts';
import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { openField } from '../../storage/sealed-field.ts';
import { clear, reserve } from '../attempts.store.ts';
import { NO_ONE, type Claimant } from '../claimant.ts';
import { accepted, rejected } from '../events.ts';
import { LOCKOUT } from '../lockout.policy.ts';
import { orUnavailable, type Unavailable } from '../or-unavailable.ts';
import { stepOfCode, totpContext } from './totp.ts';
import { acceptStep, selectTotp, updateTotpExhausted, type Totp } from './totp.store.ts';

export interface VerifyTotpDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'sealing'>;
}

export type TotpOutcome =
  | { readonly kind: 'verified'; readonly proof: Proof }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'locked'; readonly until: Date }
  | { readonly kind: 'exhausted' }
  | Unavailable;

/**
 * Whether this is the code of the claimant's app, now or one step off, never accepted before (RFC 6238, 5.2). `locked` and
 * `exhausted` as for passwords, counted apart from them. Two SQL statements and two Redis round trips.
 */
export function verifyTotp(deps: VerifyTotpDeps, who: Claimant, code: Sealed<string>): Promise<TotpOutcome> {
  return orUnavailable(async () => {
    const totp = await selectTotp(deps.db, who.subject ?? NO_ONE);
    const reservation = await reserve(deps.cache, 'totp', who.key, totp?.enrolledAt, deps.clock.now());
    if (reservation.kind !== 'permitted') return reservation;
    if (totp?.exhausted) return { kind: 'exhausted' };
    const at = deps.clock.now();
    const step = totp && who.subject && stepOf(deps, who.subject, totp, code, at);
    if (!step || !who.subject || !totp) return reject(deps, who, reservation.inARow, at, 'wrong');
    const isFirst = await acceptStep(deps.db, who.subject, totp, step, accepted('totp', who), at);
    if (!isFirst) return reject(deps, who, reservation.inARow, at, 'replayed');
    clear(deps.cache, 'totp', who.key);
    return { kind: 'verified', proof: { by: 'totp', atSeconds: epochSeconds(at) } };
  });
}

function stepOf(deps: VerifyTotpDeps, subject: string, totp: Totp, code: Sealed<string>, at: Date): number | undefined {
  const secret = new Sealed(openField(deps.keyring, totp.sealedSecret, totpContext(subject)));
  return stepOfCode(secret, code, epochSeconds(at));
}

async function reject(
  deps: VerifyTotpDeps,
  who: Claimant,
  inARow: number,
  at: Date,
  why: 'wrong' | 'replayed',
): Promise<TotpOutcome> {
  await record(deps.db, rejected('totp', who, inARow, why), at);
  if (who.subject && inARow >= LOCKOUT.exhaustedAt) await updateTotpExhausted(deps.db, who.subject, at);
  return { kind: 'rejected' };
}
