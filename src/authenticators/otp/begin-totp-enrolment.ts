import type { Clock } from '../../kernel/clock.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { openField, sealField } from '../../storage/sealed-field.ts';
import type { FactorChange } from '../factor-change.policy.ts';
import { requireFreshFactor, type StepUp } from '../require-fresh-factor.ts';
import { findPending, savePending } from './totp-enrolment.store.ts';
import { newTotpSecret, totpContext, totpUri } from './totp.ts';

export interface BeginTotpEnrolmentDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'sealing'>;
  /** What the app lists the code under. */
  readonly brandName: string;
}

/**
 * A secret to put into an app, good for 10 minutes in this transaction, and the same one while it waits: a mistyped code
 * needs no new picture. `label`: what tells the account apart in the app.
 */
export async function beginTotpEnrolment(
  deps: BeginTotpEnrolmentDeps,
  change: FactorChange,
  label: string,
): Promise<{ readonly kind: 'begun'; readonly secret: Sealed<string>; readonly uri: Sealed<string> } | StepUp> {
  const fresh = await requireFreshFactor(deps, change);
  if (fresh.kind === 'step_up') return fresh;
  const pending = await findPending(deps.cache, change.transaction, change.subject);
  const context = totpContext(change.subject);
  const secret = pending ? new Sealed(openField(deps.keyring, pending, context)) : newTotpSecret();
  if (!pending) {
    const sealed = sealField(deps.keyring, secret.reveal(), context);
    await savePending(deps.cache, change.transaction, change.subject, sealed);
  }
  return { kind: 'begun', secret, uri: totpUri(secret, deps.brandName, label) };
}
