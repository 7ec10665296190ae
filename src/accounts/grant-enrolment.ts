import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { randomId } from '../kernel/random.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import type { Sql } from '../storage/postgres.ts';
import { tellOfInvitationJob } from './account-jobs.ts';
import { nextStage } from './account-lifecycle.policy.ts';
import { sealPersonal } from './account-facts.ts';
import { phoneHash, phoneHashes } from './account-identifier.ts';
import { insertPhone, lockRow, selectFacts, selectFactsByPhone, updatePersonal } from './account.store.ts';
import { selectGuardian, updateReleased } from './guardian.store.ts';
import { putGuardianInCharge } from './put-guardian-in-charge.ts';
import type { Personal } from './account.ts';
import { holderInvited } from './events.ts';
import { conditionsOf, type NewEvidence } from './evidence.ts';
import { insertEvidence } from './evidence.store.ts';
import { insertInvitation } from './invitation.store.ts';
import { expiryOf, type Invitation } from './invitation.ts';
import { openAccount, type OpenOutcome } from './open-account.ts';
import { kindOf } from './entitlement.policy.ts';

export interface Enrolment {
  /** The account to raise; absent for a new one. */
  readonly subject?: SubjectId;
  readonly personal: Sealed<Personal>;
  readonly evidence: NewEvidence;
  /** Confirms each use of it from now on: the guardian who came along. */
  readonly guardian?: { readonly subject: SubjectId; readonly ward: boolean };
  /** How the approving officer stands in the audit trail. */
  readonly actor: string;
}

export type GrantOutcome =
  | { readonly kind: 'granted'; readonly subject: SubjectId; readonly expiresAt: Date }
  /** Number or phone serves an account meanwhile: nothing was written. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'not_allowed' };

/**
 * Grants level 02 in the caller's transaction: opens the account (or leaves the one to be raised as it is), keeps the
 * evidence with it, and invites the holder. The level itself comes with the holder's activation.
 */
export async function grantEnrolment(
  deps: { readonly keyring: Keyring; readonly clock: Clock },
  sql: Sql,
  enrolment: Enrolment,
): Promise<GrantOutcome> {
  const at = deps.clock.now();
  const opened = enrolment.subject
    ? ({ kind: 'opened', subject: enrolment.subject } as const)
    : await openGranted(deps, sql, enrolment, at);
  if (opened.kind !== 'opened') return opened;
  const { subject } = opened;
  await lockRow(sql, subject);
  if ((await holdReachable(deps, sql, enrolment, subject, at)) === 'taken') return { kind: 'taken' };
  const evidence = { ...enrolment.evidence, evidenceId: randomId(), recordedAt: at };
  await insertEvidence(sql, deps.keyring, subject, evidence);
  const invitation: Invitation = {
    invitationId: randomId(),
    subject,
    caseId: enrolment.evidence.caseId,
    change: enrolment.subject ? 'raise_level' : 'activate',
    madeAt: at,
    expiresAt: expiryOf(at),
  };
  await insertInvitation(sql, invitation, enrolment.actor);
  await record(sql, holderInvited(invitation, enrolment.actor), at);
  await enqueueJob(sql, tellOfInvitationJob(subject));
  return { kind: 'granted', subject, expiresAt: invitation.expiresAt };
}

async function openGranted(
  deps: { readonly keyring: Keyring },
  sql: Sql,
  { personal, evidence }: Enrolment,
  at: Date,
): Promise<OpenOutcome | { readonly kind: 'not_allowed' }> {
  const decision = nextStage('none', 'grant', conditionsOf([evidence]));
  if (decision.kind !== 'moves') return { kind: 'not_allowed' };
  const person = { kind: kindOf(personal.reveal()), stage: decision.to, personal: personal.reveal() };
  return openAccount(deps, sql, person, at);
}

/** A dependant is reached through the guardian, who is in charge from now on; a person of age by a phone of their own. */
async function holdReachable(
  deps: { readonly keyring: Keyring },
  sql: Sql,
  { guardian, personal, actor }: Enrolment,
  subject: SubjectId,
  at: Date,
): Promise<'reachable' | 'taken'> {
  if (guardian) {
    if ((await selectGuardian(sql, subject)) === guardian.subject) return 'reachable';
    await updateReleased(sql, subject, false);
    await putGuardianInCharge(sql, subject, { guardian: guardian.subject, ward: guardian.ward, actor }, at);
    return 'reachable';
  }
  const { phone } = personal.reveal();
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts || phone === undefined || facts.personal.reveal().phone !== undefined) return 'reachable';
  // A child's account, whose holder has turned 14: until now it had the guardian's phone.
  if (await selectFactsByPhone(sql, deps.keyring, phoneHashes(deps.keyring, phone))) return 'taken';
  if (!(await insertPhone(sql, { subject, phone: phoneHash(deps.keyring, phone), at }))) return 'taken';
  const own = { ...facts.personal.reveal(), phone };
  await updatePersonal(sql, subject, sealPersonal(deps.keyring, subject, own));
  return 'reachable';
}
