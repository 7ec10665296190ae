import { askNewPasskey } from '../../authenticators/webauthn/passkey-options.ts';
import type { RelyingParty } from '../../authenticators/webauthn/relying-party.ts';
import type { Cache } from '../../storage/redis.ts';
import type { SeatedMember } from '../officer.store.ts';
import { selectHandle, selectMember } from '../officer.store.ts';
import { saveChallenge } from '../sign-in/officer-challenge.store.ts';
import { selectLink } from './enrolment-link.store.ts';
import type { StaffDeps } from './invite-officer.ts';

export interface BeginEnrolmentDeps extends StaffDeps {
  readonly cache: Cache;
  readonly relyingParty: RelyingParty;
}

export type BegunEnrolment =
  { readonly kind: 'begun'; readonly seated: SeatedMember; readonly options: object } | { readonly kind: 'gone' };

/** Whose link this is, and what their device needs to make the passkey, in this browser, within 5 minutes. Uses nothing up. */
export async function beginEnrolment(
  deps: BeginEnrolmentDeps,
  browser: string,
  token: string,
): Promise<BegunEnrolment> {
  const officerId = await selectLink(deps.db, token, deps.clock.now());
  const seated = officerId && (await selectMember(deps, deps.db, officerId));
  if (seated?.member.state !== 'confirmed') return { kind: 'gone' };
  const { member, office } = seated;
  const handle = await selectHandle(deps.db, member.officerId);
  // the device shows it beside the same person's own passkey: say which is which
  const label = `${member.personal.reveal().name} – ${office.name.vi}`;
  const options = await askNewPasskey(deps.relyingParty, { handle, label, known: [] });
  await saveChallenge(deps.cache, options.challenge, { purpose: 'enrol', browser, officerId: member.officerId });
  return { kind: 'begun', seated, options };
}
