import { epochSeconds, type Clock } from '../kernel/clock.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectEnrolled } from './authenticator.store.ts';
import type { Enrolled } from './enrolled.ts';
import { freshFactorNeeded, type FactorChange } from './factor-change.policy.ts';

export interface StepUp {
  /** Sign in again first, at the highest factor held. */
  readonly kind: 'step_up';
}

/** What is enrolled, if the person showed the highest of it lately; else `step_up`. Stands before every change of factors. */
export async function requireFreshFactor(
  deps: { readonly db: Sql; readonly clock: Clock },
  change: FactorChange,
): Promise<{ readonly kind: 'fresh'; readonly enrolled: Enrolled } | StepUp> {
  const enrolled = await selectEnrolled(deps.db, change.subject);
  const held = { totp: enrolled.totp !== undefined, passkey: enrolled.passkeys.length > 0 };
  const missing = freshFactorNeeded(held, change.shown, epochSeconds(deps.clock.now()));
  return missing.length === 0 ? { kind: 'fresh', enrolled } : { kind: 'step_up' };
}
