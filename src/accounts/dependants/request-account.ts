import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { randomId } from '../../kernel/random.ts';
import type { NationalId } from '../../registry/national-id.ts';
import type { Person, PopulationRegistry } from '../../registry/population-registry.ts';
import { enqueueJob } from '../../storage/jobs/enqueue-job.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import { tellOfInvitationJob } from '../account-jobs.ts';
import { nextStage } from '../account-lifecycle.policy.ts';
import { mayUseAccount } from '../account-access.policy.ts';
import { lockRow, selectFacts } from '../account.store.ts';
import type { AccountFacts } from '../account.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { guardianActor, holderInvited } from '../events.ts';
import { insertGuardianRequest } from '../evidence.store.ts';
import { findAccountByNationalId } from '../find-account.ts';
import { kindOf } from '../entitlement.policy.ts';
import { isWard } from '../guardianship.policy.ts';
import { insertInvitation } from '../invitation.store.ts';
import { expiryOf, type Invitation } from '../invitation.ts';
import { openAccount } from '../open-account.ts';
import { registryPartOf } from '../person-record.ts';
import { putGuardianInCharge } from '../put-guardian-in-charge.ts';
import type { RequestRefusal } from './dependant-request.policy.ts';
import { dependantRequested, dependantRequestRefused } from './events.ts';
import { decideRequest } from './person-in-care.ts';

export interface RequestDeps extends ChangeAccountDeps {
  readonly registry: Pick<PopulationRegistry, 'findPerson'>;
  readonly clock: Clock;
}

export type RequestOutcome =
  | { readonly kind: 'granted'; readonly subject: SubjectId; readonly expiresAt: Date }
  | { readonly kind: 'refused'; readonly reasons: readonly RequestRefusal[] }
  | { readonly kind: 'unavailable' };

/**
 * A guardian asks for an account for somebody in their care and agrees to it in that person's place (Decree 69/2024 art. 10;
 * Law 91/2025 art. 24): granted at level 01 at once when the register says so now, to be activated within seven days with a
 * code to the guardian's phone. The account has no phone of its own. What was asked and agreed to is kept as evidence; the
 * guardian is the actor of it all, refused or not. Of two requests at once one is refused.
 */
export async function requestAccount(
  deps: RequestDeps,
  asking: SubjectId,
  dependant: NationalId,
): Promise<RequestOutcome> {
  const found = await deps.registry.findPerson(dependant);
  if (found.kind === 'unavailable') return found;
  return inTransaction(deps.db, async (sql) => {
    await lockRow(sql, asking);
    const at = deps.clock.now();
    const guardian = await selectFacts(sql, deps.keyring, asking);
    if (!guardian || mayUseAccount(guardian).kind !== 'may_use') throw new Error('a guardian without a usable account');
    const account = await findAccountByNationalId({ ...deps, db: sql }, dependant);
    const decision =
      found.kind === 'found'
        ? decideRequest(guardian, found.value, account, at)
        : ({ kind: 'refused', reasons: ['not_in_care'] } as const);
    if (decision.kind === 'refused') return refuse(sql, asking, decision.reasons, at);
    if (found.kind !== 'found') throw new Error('granted to nobody');
    return grant(sql, deps, guardian, found.value);
  });
}

async function refuse(
  sql: Sql,
  guardian: SubjectId,
  reasons: readonly RequestRefusal[],
  at: Date,
): Promise<RequestOutcome> {
  await record(sql, dependantRequestRefused(guardian, reasons), at);
  return { kind: 'refused', reasons };
}

async function grant(sql: Sql, deps: RequestDeps, guardian: AccountFacts, person: Person): Promise<RequestOutcome> {
  const at = deps.clock.now();
  const actor = guardianActor(guardian.subject);
  const stage = nextStage('none', 'grant_to_dependant', ['guardian_request']);
  if (stage.kind !== 'moves') throw new Error('the lifecycle table has no row for this grant');
  const personal = registryPartOf(person);
  const opened = await openAccount(deps, sql, { kind: kindOf(person), stage: stage.to, personal, actor }, at);
  if (opened.kind !== 'opened') return refuse(sql, guardian.subject, ['has_account'], at);
  const { subject } = opened;
  const requestId = randomId();
  await insertGuardianRequest(sql, deps.keyring, subject, {
    evidenceId: requestId,
    requestId,
    guardian: guardian.subject,
    guardianLevel: '02',
    consent: true,
    onRecord: true,
    recordedAt: at,
  });
  await putGuardianInCharge(sql, subject, { guardian: guardian.subject, ward: isWard(person, at), actor }, at);
  const invitation: Invitation = {
    invitationId: randomId(),
    subject,
    caseId: requestId,
    change: 'activate',
    madeAt: at,
    expiresAt: expiryOf(at),
  };
  await insertInvitation(sql, invitation, actor);
  await record(sql, dependantRequested(subject, guardian.subject, requestId), at);
  await record(sql, holderInvited(invitation, actor), at);
  await enqueueJob(sql, tellOfInvitationJob(subject));
  return { kind: 'granted', subject, expiresAt: invitation.expiresAt };
}
