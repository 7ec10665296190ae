import { Sealed } from '../../kernel/sealed.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Organisation } from '../../registry/organisation.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import { numberHashes } from '../account-identifier.ts';
import { selectConsents } from './application-consent.store.ts';
import { reasonsAgainstGrant } from './application.policy.ts';
import { selectApplication, updateDecided } from './application.store.ts';
import type { ApplicationId, ApplicationRefusal, OrganisationApplication } from './application.ts';
import { grantOrganisation } from './grant-organisation.ts';
import { selectOrganisationByTaxNumber } from './organisation.store.ts';

interface DecideDeps {
  readonly keyring: Keyring;
  readonly clock: Clock;
}
export type GrantRefusal = ReturnType<typeof reasonsAgainstGrant>[number];
export type GrantOutcome =
  | { readonly kind: 'granted'; readonly subject: SubjectId }
  | { readonly kind: 'not_eligible'; readonly reasons: readonly GrantRefusal[] };

/** Holds the application until the caller's transaction ends. */
export const holdApplication = (
  sql: Sql,
  deps: DecideDeps,
  id: ApplicationId,
): Promise<OrganisationApplication | undefined> => selectApplication(sql, deps.keyring, id, { lock: true });

/**
 * Grants what a second officer approved, in the caller's transaction, the application held. What is true in the register
 * today counts: `not_eligible` leaves it open, to be refused.
 */
export async function grantApplication(
  sql: Sql,
  deps: DecideDeps,
  one: OrganisationApplication,
  by: { readonly officerId: string; readonly actor: string },
  organisation: Organisation | undefined,
): Promise<GrantOutcome> {
  const { received, applicationId } = one;
  if (!received) throw new Error('an application is granted that nobody received');
  const taxNumber = one.detail.reveal().organisation.taxNumber;
  const reasons = reasonsAgainstGrant({
    isRegistered: organisation !== undefined,
    isDissolved: organisation?.state === 'dissolved',
    hasAccount: (await selectOrganisationByTaxNumber(sql, deps.keyring, taxNumber)) !== undefined,
    allConsented: organisation !== undefined && (await haveAllConsented(sql, deps, applicationId, organisation)),
  });
  if (reasons.length > 0 || !organisation) return { kind: 'not_eligible', reasons };
  const outcome = await grantOrganisation(deps, sql, {
    organisation,
    applicationId,
    recordedBy: received.by,
    approvedBy: by.officerId,
    officeId: received.officeId,
    comparison: one.detail.reveal().comparison ?? '',
    actor: by.actor,
  });
  if (outcome.kind === 'taken') return { kind: 'not_eligible', reasons: ['has_account'] };
  if (outcome.kind !== 'granted') throw new Error('the lifecycle table has no row for this grant');
  const { subject } = outcome;
  const decided = { state: 'granted', by: by.officerId, at: deps.clock.now(), detail: one.detail, subject } as const;
  await updateDecided(sql, deps.keyring, one, decided);
  return { kind: 'granted', subject };
}

/** Refuses in the caller's transaction, the application held; the reason is for the representatives to read. */
export async function refuseApplication(
  sql: Sql,
  deps: DecideDeps,
  one: OrganisationApplication,
  officerId: string,
  refusal: { readonly code: ApplicationRefusal; readonly reason: string },
): Promise<void> {
  const detail = new Sealed({ ...one.detail.reveal(), refusal });
  await updateDecided(sql, deps.keyring, one, { state: 'refused', by: officerId, at: deps.clock.now(), detail });
}

/** Whether everybody who represents it today said yes. Somebody new since was never asked. */
async function haveAllConsented(
  sql: Sql,
  { keyring }: DecideDeps,
  id: ApplicationId,
  { representatives }: Organisation,
): Promise<boolean> {
  const agreed = (await selectConsents(sql, id)).filter(({ decision }) => decision === 'agreed');
  return representatives.every((one) =>
    numberHashes(keyring, one.reveal()).some((hash) =>
      agreed.some(({ number }) => number.version === hash.version && number.hash.equals(hash.hash)),
    ),
  );
}
