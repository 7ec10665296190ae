import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { randomId } from '../../kernel/random.ts';
import { enqueueJob } from '../../storage/jobs/enqueue-job.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { tellOfInvitationJob } from '../account-jobs.ts';
import { nextStage } from '../account-lifecycle.policy.ts';
import { holderInvited } from '../events.ts';
import { conditionsOf } from '../evidence.ts';
import { insertInvitation } from '../invitation.store.ts';
import { expiryOf } from '../invitation.ts';
import { openOrganisationAccount } from './open-organisation.ts';
import { insertOrganisationEvidence } from './organisation-evidence.store.ts';
import type { OrganisationGrant } from './organisation-grant.ts';

export type OrganisationGrantOutcome =
  { readonly kind: 'granted'; readonly subject: SubjectId } | { readonly kind: 'taken' | 'not_allowed' };

/**
 * Grants the organisation's account in the caller's transaction: account, representatives, evidence and invitation stand or fall
 * together. Its representatives are told, and one of them activates within 7 days (Decree 69/2024 art. 14(1)).
 */
export async function grantOrganisation(
  deps: { readonly keyring: Keyring; readonly clock: Clock },
  sql: Sql,
  grant: OrganisationGrant,
): Promise<OrganisationGrantOutcome> {
  const at = deps.clock.now();
  const decision = nextStage('none', 'grant_to_organisation', conditionsOf([grant]));
  if (decision.kind !== 'moves') return { kind: 'not_allowed' };
  const { organisation, actor, applicationId } = grant;
  const opened = await openOrganisationAccount(deps, sql, { organisation, stage: decision.to, actor }, at);
  if (opened.kind === 'taken') return opened;
  const { subject } = opened;
  await insertOrganisationEvidence(sql, deps.keyring, subject, grant, at);
  const invitation = {
    invitationId: randomId(),
    subject,
    caseId: applicationId,
    change: 'activate',
    madeAt: at,
    expiresAt: expiryOf(at),
  } as const;
  await insertInvitation(sql, invitation, actor);
  await record(sql, holderInvited(invitation, actor), at);
  await enqueueJob(sql, tellOfInvitationJob(subject));
  return { kind: 'granted', subject };
}
