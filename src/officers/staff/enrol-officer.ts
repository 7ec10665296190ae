import { record } from '../../audit/record.ts';
import { orUnavailable, type Unavailable } from '../../authenticators/or-unavailable.ts';
import { checkRegistration } from '../../authenticators/webauthn/check-registration.ts';
import { challengeOf, parseRegistration } from '../../authenticators/webauthn/passkey-response.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { officerEnrolled } from '../events.ts';
import { selectMember, updateMemberState } from '../officer.store.ts';
import type { OfficerId } from '../officer.ts';
import { takeChallenge } from '../sign-in/officer-challenge.store.ts';
import { insertPasskey } from '../sign-in/officer-passkey.store.ts';
import type { BeginEnrolmentDeps } from './begin-enrolment.ts';
import { selectLink, takeLink } from './enrolment-link.store.ts';

export interface EnrolDeps extends BeginEnrolmentDeps {
  /**
   * Whether a passkey that its maker copies between devices will do. Not at AAL3 (NIST SP 800-63B-4, 2.3.2: the key must not
   * leave its device): in the sandbox alone.
   */
  readonly syncedOfficerPasskeys: boolean;
}

export type EnrolOutcome =
  | { readonly kind: 'enrolled' }
  /** The link lapsed, was used, replaced or withdrawn. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'expired' }
  /** The device would copy the key elsewhere; the link is still good. */
  | { readonly kind: 'synced' }
  | Unavailable;

/** The officer's device made its passkey for the challenge of this browser: the link is used up, the officer active. */
export function enrolOfficer(
  deps: EnrolDeps,
  browser: string,
  token: string,
  response: unknown,
): Promise<EnrolOutcome> {
  return orUnavailable(async () => {
    const officerId = await selectLink(deps.db, token, deps.clock.now());
    if (!officerId) return { kind: 'gone' };
    const registration = parseRegistration(response);
    const challenge = registration && challengeOf(registration.response.clientDataJSON);
    if (!registration || !challenge) return { kind: 'rejected' };
    const ceremony = await takeChallenge(deps.cache, challenge);
    const isOurs = ceremony?.browser === browser && ceremony.officerId === officerId;
    if (ceremony?.purpose !== 'enrol' || !isOurs) return { kind: 'expired' };
    const made = await checkRegistration(deps.relyingParty, challenge, registration);
    if (!made) return { kind: 'rejected' };
    if (made.maySync && !deps.syncedOfficerPasskeys) return { kind: 'synced' };
    return activate(deps, officerId, token, made);
  });
}

type Made = NonNullable<Awaited<ReturnType<typeof checkRegistration>>>;

function activate(deps: EnrolDeps, officerId: OfficerId, token: string, made: Made): Promise<EnrolOutcome> {
  return inTransaction(deps.db, async (sql): Promise<EnrolOutcome> => {
    const at = deps.clock.now();
    const seated = await selectMember(deps, sql, officerId, { lock: true });
    if (seated?.member.state !== 'confirmed' || !(await takeLink(sql, token, at))) return { kind: 'gone' };
    await insertPasskey(sql, { officerId, ...made }, at);
    await updateMemberState(sql, officerId, { state: 'active' });
    await record(sql, officerEnrolled(officerId, made.synced), at);
    return { kind: 'enrolled' };
  });
}
