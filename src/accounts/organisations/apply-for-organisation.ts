import { record } from '../../audit/record.ts';
import type { AccountLevel } from '../../assurance/assurance-level.ts';
import { randomId } from '../../kernel/random.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { OrganisationRegister } from '../../registry/organisation-register.ts';
import type { Organisation } from '../../registry/organisation.ts';
import type { TaxNumber } from '../../registry/tax-number.ts';
import { enqueueJob } from '../../storage/jobs/enqueue-job.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { numberHash, numberHashes } from '../account-identifier.ts';
import { tellOfApplicationJob } from '../account-jobs.ts';
import { selectFactsByNumber } from '../account.store.ts';
import type { AccountFacts } from '../account.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { insertConsents } from './application-consent.store.ts';
import { mayApply, type ApplicationDecision } from './application.policy.ts';
import { insertApplication, selectApplication } from './application.store.ts';
import type { ApplicationId } from './application.ts';
import { agreeIn } from './answer-application.ts';
import { applicationMade } from './events.ts';
import { selectOrganisationByTaxNumber, taxHash } from './organisation.store.ts';
import { recordOf } from './organisation-record.ts';

export interface ApplyDeps extends ChangeAccountDeps {
  readonly organisations: OrganisationRegister;
}
export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly applicationId: ApplicationId }
  | Extract<ApplicationDecision, { kind: 'refused' }>
  | { readonly kind: 'refused'; readonly reason: 'already_applied' }
  | { readonly kind: 'unavailable' };

/**
 * A legal representative applies for the organisation's account. The applicant's own consent comes with it; the others are
 * asked on their account pages and told so by message where they have an account, and the officers' time runs when the last of them has consented (Decree 69/2024 art. 11, 13).
 */
export async function applyForOrganisation(
  deps: ApplyDeps,
  applicant: AccountFacts & { readonly level: AccountLevel },
  taxNumber: TaxNumber,
): Promise<ApplyOutcome> {
  const answer = await deps.organisations.findOrganisation(taxNumber);
  if (answer.kind === 'unavailable') return answer;
  const organisation = answer.kind === 'found' ? answer.value : undefined;
  const { nationalId, fullName } = applicant.personal.reveal();
  const decision = mayApply({
    level: applicant.level,
    isRegistered: organisation !== undefined,
    isRepresentative: organisation?.representatives.some((one) => one.reveal() === nationalId) === true,
    isDissolved: organisation?.state === 'dissolved',
    hasAccount: (await selectOrganisationByTaxNumber(deps.db, deps.keyring, taxNumber)) !== undefined,
  });
  if (decision.kind === 'refused' || !organisation)
    return decision.kind === 'refused' ? decision : { kind: 'unavailable' };
  return open(deps, applicant, fullName, organisation);
}

async function open(
  deps: ApplyDeps,
  applicant: AccountFacts,
  applicantName: string,
  organisation: Organisation,
): Promise<ApplyOutcome> {
  const { keyring, clock } = deps;
  const applicationId = randomId() as ApplicationId;
  const detail = new Sealed({ organisation: recordOf(organisation), verified: organisation.verified, applicantName });
  return inTransaction(deps.db, async (sql) => {
    const madeAt = clock.now();
    const one = { applicationId, applicant: applicant.subject, detail, madeAt };
    if (!(await insertApplication(sql, keyring, one, taxHash(keyring, organisation.taxNumber))))
      return { kind: 'refused', reason: 'already_applied' };
    const numbers = organisation.representatives.map((number) => numberHash(keyring, number.reveal()));
    await insertConsents(sql, applicationId, numbers);
    await record(sql, applicationMade(applicant.subject, applicationId), madeAt);
    const made = await selectApplication(sql, keyring, applicationId);
    if (!made) throw new Error('an application was not written');
    const hashes = numberHashes(keyring, applicant.personal.reveal().nationalId);
    await agreeIn(sql, made, applicant.subject, hashes, madeAt);
    for (const number of organisation.representatives) {
      const other = await selectFactsByNumber(sql, keyring, numberHashes(keyring, number.reveal()));
      if (other && other.subject !== applicant.subject)
        await enqueueJob(sql, tellOfApplicationJob(other.subject, applicationId));
    }
    return { kind: 'applied', applicationId };
  });
}
