import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { numberHashes } from '../account-identifier.ts';
import type { AccountFacts } from '../account.ts';
import { selectOpenInvitation } from '../invitation.store.ts';
import { selectConsents } from './application-consent.store.ts';
import { selectApplicationsOf } from './application.store.ts';
import type { OrganisationApplication } from './application.ts';
import { selectOrganisationsOf, type OrganisationFacts } from './organisation.store.ts';

const MOST_SHOWN = 30;

export interface Representations {
  /** `activateBy`: the account waits to be activated until then, or waited. */
  readonly organisations: readonly (OrganisationFacts & { readonly activateBy?: Date })[];
  readonly applications: readonly (OrganisationApplication & {
    /** How many of the representatives consented. */
    readonly agreed: number;
    readonly asked: number;
    /** This person's own word is still missing. */
    readonly waitsForYou: boolean;
  })[];
}

/** The organisations that the person acts for by law and has accounts of, and the applications that concern them. */
export async function listRepresentations(
  deps: { readonly db: Sql; readonly keyring: Keyring },
  person: AccountFacts,
): Promise<Representations> {
  const hashes = numberHashes(deps.keyring, person.personal.reveal().nationalId);
  const isOwn = (number: { version: number; hash: Buffer }) =>
    hashes.some(({ version, hash }) => version === number.version && hash.equals(number.hash));
  const [organisations, applications] = await Promise.all([
    selectOrganisationsOf(deps.db, deps.keyring, person.subject),
    selectApplicationsOf(deps.db, deps.keyring, person.subject, hashes, MOST_SHOWN),
  ]);
  return {
    organisations: await Promise.all(
      organisations.map(async (one) => {
        const invitation = one.state === 'granted' ? await selectOpenInvitation(deps.db, one.subject) : undefined;
        return { ...one, ...(invitation && { activateBy: invitation.expiresAt }) };
      }),
    ),
    applications: await Promise.all(
      applications.map(async (one) => {
        const consents = await selectConsents(deps.db, one.applicationId);
        return {
          ...one,
          asked: consents.length,
          agreed: consents.filter(({ decision }) => decision === 'agreed').length,
          waitsForYou:
            one.state === 'awaiting_consent' && consents.some((c) => c.decision === undefined && isOwn(c.number)),
        };
      }),
    ),
  };
}
