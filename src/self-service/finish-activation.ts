import { activateAccount, type ActivateOutcome } from '../accounts/activate-account.ts';
import { holdAccount } from '../accounts/hold-account.ts';
import { rememberLanguageIn } from '../accounts/remember-language.ts';
import { listAuthenticators } from '../authenticators/list-authenticators.ts';
import { confirmTotpEnrolment } from '../authenticators/otp/confirm-totp-enrolment.ts';
import {
  finishPasskeyEnrolment,
  type FinishPasskeyEnrolmentDeps,
} from '../authenticators/webauthn/finish-passkey-enrolment.ts';
import type { FactorChange } from '../authenticators/factor-change.policy.ts';
import type { Locale } from '../http/locale.ts';
import type { Sealed } from '../kernel/sealed.ts';
import { unreachable } from '../kernel/unreachable.ts';
import type { Keyring } from '../storage/keyring.ts';
import { inTransaction, type Database, type Sql } from '../storage/postgres.ts';
import { activationStep } from './activation-step.policy.ts';
import { deleteActivation, selectActivation, updateActivation, type ActivationKey } from './activation.store.ts';
import type { Activation, DoneActivation, Invitee } from './activation.ts';

export type FinishActivationDeps = Omit<FinishPasskeyEnrolmentDeps, 'db'> & {
  readonly db: Database;
  readonly keyring: Keyring;
};

/** The factor that makes it level 02. `held`: one that the account has already. */
export type NewFactor =
  | { readonly kind: 'passkey'; readonly response: unknown; readonly name: string }
  | { readonly kind: 'totp'; readonly code: Sealed<string> }
  | { readonly kind: 'held' };

export type FinishActivationOutcome =
  | { readonly kind: 'activated' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'expired' }
  /** What was invited is so no more: used in another browser, lapsed, locked. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'not_now' };

/** What a ceremony of this activation is bound to; undefined while it stands at another step. */
export function factorChangeOf(key: ActivationKey, activation: Activation | undefined): FactorChange | undefined {
  if (activation?.kind !== 'open' || activationStep(activation) !== 'factor') return undefined;
  const invitee = activation.invitee?.reveal();
  return invitee && { transaction: key, subject: invitee.subject, shown: activation.proofs };
}

/**
 * Binds the factor and activates the account in one transaction: after a crash there is either both or neither, and of two
 * browsers at once one activates. The cookie is worth nothing afterwards.
 */
export async function finishActivation(
  deps: FinishActivationDeps,
  key: ActivationKey,
  factor: NewFactor,
  language: Locale,
): Promise<FinishActivationOutcome> {
  const activation = await selectActivation(deps, key);
  const change = factorChangeOf(key, activation);
  const invitee = activation?.kind === 'open' ? activation.invitee?.reveal() : undefined;
  if (!change || !invitee) return { kind: 'not_now' };
  const bindAll = (sql: Sql) => bindAndActivate(deps, sql, change, invitee, factor, language);
  const outcome = await inTransaction(deps.db, bindAll).catch((error: unknown) => {
    if (error instanceof NotActivated) return error.outcome;
    throw error;
  });
  switch (outcome.kind) {
    case 'activated':
      await updateActivation(deps, key, doneOf(invitee));
      return outcome;
    case 'rejected':
    case 'expired':
    case 'not_now':
      return outcome;
    case 'step_up':
    case 'not_invited':
    case 'lapsed':
    case 'locked':
    case 'not_allowed':
      await deleteActivation(deps, key);
      return { kind: 'gone' };
    default:
      return unreachable(outcome);
  }
}

const doneOf = ({ subject, level, through }: Invitee): DoneActivation => ({
  kind: 'activated',
  level,
  isDependants: through !== subject,
});

type NotBound =
  | { readonly kind: 'rejected' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'step_up' }
  | { readonly kind: 'not_now' };

/** Takes back what the transaction bound. */
class NotActivated extends Error {
  readonly outcome: ActivateOutcome;
  constructor(outcome: ActivateOutcome) {
    super('not activated');
    this.outcome = outcome;
  }
}

async function bindAndActivate(
  deps: FinishActivationDeps,
  sql: Sql,
  change: FactorChange,
  { level, through }: Invitee,
  factor: NewFactor,
  language: Locale,
): Promise<ActivateOutcome | NotBound> {
  await holdAccount(sql, change.subject);
  // Level 01 is a password (Decree 69/2024 art. 20): a factor beside it is welcome, and not asked for.
  const needsFactor = level === '02' || factor.kind !== 'held';
  const bound = needsFactor ? await bind({ ...deps, db: sql }, change, factor) : ({ kind: 'enrolled' } as const);
  if (bound.kind !== 'enrolled') return bound;
  const shown = ['phone_proven', ...(needsFactor ? (['second_factor_bound'] as const) : [])] as const;
  const outcome = await activateAccount(deps, sql, change.subject, shown, through);
  if (outcome.kind !== 'activated') throw new NotActivated(outcome);
  await rememberLanguageIn(sql, deps, change.subject, language);
  return outcome;
}

async function bind(
  deps: Omit<FinishActivationDeps, 'db'> & { readonly db: Sql },
  change: FactorChange,
  factor: NewFactor,
): Promise<{ readonly kind: 'enrolled' } | NotBound> {
  if (factor.kind === 'passkey') return finishPasskeyEnrolment(deps, change, factor.response, factor.name);
  if (factor.kind === 'totp') return confirmTotpEnrolment(deps, change, factor.code);
  const { totp, passkeys } = await listAuthenticators(deps, change.subject);
  return { kind: totp || passkeys.length > 0 ? 'enrolled' : 'not_now' };
}
