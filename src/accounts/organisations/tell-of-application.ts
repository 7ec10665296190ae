import type { SubjectId } from '../../kernel/ids.ts';
import { numberHashes } from '../account-identifier.ts';
import { selectFacts } from '../account.store.ts';
import type { TellHolderDeps } from '../tell-holder.ts';
import { selectConsents } from './application-consent.store.ts';
import { selectApplication } from './application.store.ts';
import type { ApplicationId } from './application.ts';
import { organisationsAddress, tellRepresentative } from './tell-representative.ts';

/**
 * Tells a representative that an application of another waits for their consent (Decree 69/2024 art. 11), and where to answer.
 * Not if they answered or it ended by now. Throws when no gateway took it, so that the job is tried again.
 */
export async function tellOfApplication(
  deps: TellHolderDeps,
  subject: SubjectId,
  applicationId: ApplicationId,
): Promise<void> {
  const application = await selectApplication(deps.db, deps.keyring, applicationId);
  const person = await selectFacts(deps.db, deps.keyring, subject);
  if (application?.state !== 'awaiting_consent' || !person) return;
  const hashes = numberHashes(deps.keyring, person.personal.reveal().nationalId);
  const waits = (await selectConsents(deps.db, applicationId)).some(
    ({ number, decision }) =>
      decision === undefined && hashes.some((h) => h.version === number.version && h.hash.equals(number.hash)),
  );
  if (!waits) return;
  const { organisation } = application.detail.reveal();
  await tellRepresentative(deps, subject, organisation, 'asked', { address: organisationsAddress(deps.issuer) });
}
