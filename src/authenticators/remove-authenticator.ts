import { tellOfFactorJob } from '../accounts/account-jobs.ts';
import { findAccount } from '../accounts/find-account.ts';
import { guardianshipOf } from '../accounts/guardianship.policy.ts';
import { markCredentialsChanged } from '../accounts/mark-credentials-changed.ts';
import type { AuditEvent } from '../audit/audit-event.ts';
import { epochSeconds, type Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { unreachable } from '../kernel/unreachable.ts';
import type { Keyring } from '../storage/keyring.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import { inTransaction, type Database, type Sql } from '../storage/postgres.ts';
import { lockAuthenticators, selectEnrolled } from './authenticator.store.ts';
import type { Enrolled } from './enrolled.ts';
import { passkeyRemoved, totpRemoved } from './events.ts';
import { freshFactorNeeded, mayGoOnWith, type FactorChange, type Held } from './factor-change.policy.ts';
import { deleteTotp } from './otp/totp.store.ts';
import type { StepUp } from './require-fresh-factor.ts';
import { deletePasskey } from './webauthn/passkey.store.ts';

export type Removable = { readonly kind: 'totp' } | { readonly kind: 'passkey'; readonly credentialId: string };

export type RemoveOutcome =
  { readonly kind: 'removed' } | { readonly kind: 'needed' } | { readonly kind: 'not_found' } | StepUp;

export interface RemoveAuthenticatorDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly keyring: Keyring;
}

/**
 * Removes an authenticator, unless the account's level needs it (`needed`) or the highest factor held was not shown lately
 * (`step_up`). Decided on what will be left, one change of an account at a time. Everything issued before dies with it: a
 * lost device keeps no session.
 */
export async function removeAuthenticator(
  deps: RemoveAuthenticatorDeps,
  change: FactorChange,
  which: Removable,
): Promise<RemoveOutcome> {
  return inTransaction(deps.db, async (sql) => {
    await lockAuthenticators(sql, change.subject);
    const enrolled = await selectEnrolled(sql, change.subject);
    const account = await findAccount({ db: sql, keyring: deps.keyring }, change.subject);
    if (!account?.level || !isEnrolled(enrolled, which)) return { kind: 'not_found' };
    const now = deps.clock.now();
    // A dependant's codes go to the guardian's phone.
    const isGuarded = guardianshipOf(account, now)?.kind === 'in_charge';
    const phone = isGuarded || account.personal.reveal().phone !== undefined;
    const before = heldOf(enrolled, phone);
    if (freshFactorNeeded(before, change.shown, epochSeconds(now)).length > 0) return { kind: 'step_up' };
    if (!mayGoOnWith(account.level, before, heldOf(without(enrolled, which), phone))) return { kind: 'needed' };
    await remove(sql, change.subject, which, now);
    await markCredentialsChanged(sql, change.subject, now);
    await enqueueJob(sql, tellOfFactorJob(change.subject, `${which.kind}_removed`));
    return { kind: 'removed' };
  });
}

const heldOf = (enrolled: Enrolled, phone: boolean): Held => ({
  password: enrolled.password,
  totp: enrolled.totp !== undefined,
  passkey: enrolled.passkeys.length > 0,
  phone,
});

const isEnrolled = (enrolled: Enrolled, which: Removable): boolean =>
  which.kind === 'totp'
    ? enrolled.totp !== undefined
    : enrolled.passkeys.some(({ credentialId }) => credentialId === which.credentialId);

const without = ({ password, totp, passkeys }: Enrolled, which: Removable): Enrolled => ({
  password,
  ...(totp && which.kind !== 'totp' ? { totp } : {}),
  passkeys: passkeys.filter((passkey) => which.kind !== 'passkey' || passkey.credentialId !== which.credentialId),
});

async function remove(sql: Sql, subject: SubjectId, which: Removable, at: Date): Promise<boolean> {
  const event: AuditEvent = which.kind === 'totp' ? totpRemoved(subject) : passkeyRemoved(subject);
  switch (which.kind) {
    case 'totp':
      return deleteTotp(sql, subject, event, at);
    case 'passkey':
      return deletePasskey(sql, subject, Buffer.from(which.credentialId, 'base64url'), event, at);
    default:
      return unreachable(which);
  }
}
