import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { openField } from '../../storage/sealed-field.ts';
import { totpEnrolled } from '../events.ts';
import type { FactorChange } from '../factor-change.policy.ts';
import { requireFreshFactor, type StepUp } from '../require-fresh-factor.ts';
import { findPending, takePending } from './totp-enrolment.store.ts';
import { stepOfCode, totpContext } from './totp.ts';
import { upsertTotp } from './totp.store.ts';

export interface ConfirmTotpEnrolmentDeps {
  /** Or the caller's transaction, to bind it together with something else. */
  readonly db: Sql;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'sealing'>;
}

export type ConfirmTotpOutcome =
  { readonly kind: 'enrolled' } | { readonly kind: 'rejected' } | { readonly kind: 'expired' } | StepUp;

/** Binds the secret that `beginTotpEnrolment` gave in this transaction, once its first code is right; that code is spent. */
export async function confirmTotpEnrolment(
  deps: ConfirmTotpEnrolmentDeps,
  change: FactorChange,
  code: Sealed<string>,
): Promise<ConfirmTotpOutcome> {
  const fresh = await requireFreshFactor(deps, change);
  if (fresh.kind === 'step_up') return fresh;
  const pending = await findPending(deps.cache, change.transaction, change.subject);
  if (!pending) return { kind: 'expired' };
  const secret = new Sealed(openField(deps.keyring, pending, totpContext(change.subject)));
  const at = deps.clock.now();
  const step = stepOfCode(secret, code, epochSeconds(at));
  if (!step) return { kind: 'rejected' };
  if (!(await takePending(deps.cache, change.transaction, change.subject))) return { kind: 'expired' };
  await upsertTotp(deps.db, change.subject, pending, step, totpEnrolled(change.subject), at);
  return { kind: 'enrolled' };
}
