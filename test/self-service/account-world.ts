import { afterAll } from '@jest/globals';
import { generateSync } from 'otplib';
import { findAccount } from '../../src/accounts/find-account.ts';
import type { AccountLevel } from '../../src/assurance/assurance-level.ts';
import { bindTotp } from '../../src/authenticators/otp/bind-totp.ts';
import { listAuthenticators } from '../../src/authenticators/list-authenticators.ts';
import { bindPasskey } from '../../src/authenticators/webauthn/bind-passkey.ts';
import { relyingPartyOf } from '../../src/authenticators/webauthn/relying-party.ts';
import { epochSeconds } from '../../src/kernel/clock.ts';
import type { PortalId, SubjectId } from '../../src/kernel/ids.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { openPortalDirectory } from '../../src/portals/portal-directory.ts';
import type { Portal } from '../../src/portals/portal.ts';
import { registerPortal } from '../../src/portals/register-portal.ts';
import { accountPortal } from '../../src/provider/clients/account-portal.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import type { SessionFacts } from '../../src/self-service/find-visitor.ts';
import { selfServiceRoutes } from '../../src/self-service/self-service.routes.ts';
import { ISSUER, selfServiceWorld } from './world.ts';

export const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
export const INSURANCE = 'bao-hiem' as PortalId;

const insurance: Portal = {
  ...accountPortal(ISSUER),
  portalId: INSURANCE,
  name: { vi: 'Bảo hiểm y tế', en: 'Health insurance' },
  authority: { vi: 'Bảo hiểm xã hội', en: 'Social insurance' },
  purpose: { vi: 'Xem quyền lợi', en: 'See benefits' },
  claims: [
    { name: 'name', required: true },
    { name: 'birthdate', required: false },
  ],
  firstParty: false,
};

/** The account pages on a real edge. Only the provider's session is stood in for: who is signed in, and how. */
export async function accountWorld() {
  let stop = async (): Promise<void> => undefined;
  afterAll(() => stop()); // before the database goes, which waits for every connection
  const world = await selfServiceWorld();
  await registerPortal(world.deps, insurance, 'test');
  const portals = await openPortalDirectory(world.db, [accountPortal(ISSUER)]);
  stop = () => portals.stop();
  const signedIn: { session?: SessionFacts } = {};
  const routes = selfServiceRoutes({
    ...world.deps,
    portals,
    organisations: world.deps.registry,
    relyingParty: relyingPartyOf(ISSUER, 'Danh Tính'),
    sessions: { current: async () => signedIn.session },
  });
  const server = await world.serve(routes);

  let next = 1;
  /** Somebody new, with an account of these authenticators. */
  const settle = async (level: AccountLevel, held: { totp?: boolean; passkey?: boolean } = {}): Promise<SubjectId> => {
    const tail = String(next).padStart(4, '0');
    next += 1;
    const personal = {
      fullName: 'Trần Thị Bưởi',
      birthDate: '1990-01-02',
      gender: 'female',
      nationality: 'VNM',
    } as const;
    const numbers = { nationalId: `07919000${tail}`, phone: `+8491200${tail}` };
    const subject = await world.openFor({ ...personal, ...numbers }, level);
    await inTransaction(world.db, async (sql) => {
      if (held.totp) await bindTotp(world.deps, sql, subject, new Sealed(SECRET));
      if (held.passkey) {
        await bindPasskey(world.deps, sql, subject, {
          credentialId: Buffer.from(`passkey of ${subject}`).toString('base64url'),
          publicKey: new Uint8Array(77),
          userHandle: Buffer.from(subject),
          name: 'Điện thoại của tôi',
          synced: false,
        });
      }
    });
    return subject;
  };
  /** The session of a sign-in made just now, or some Seconds ago. */
  const signIn = (subject: SubjectId | undefined, amr: string[] = ['pwd', 'sms', 'mfa'], agoSeconds = 0): void => {
    const authTimeSeconds = epochSeconds(world.clock.now()) - agoSeconds;
    if (subject) signedIn.session = { subject, amr, authTimeSeconds };
    else delete signedIn.session;
  };
  const enrolled = (subject: SubjectId) => listAuthenticators({ db: world.db }, subject);
  const factsOf = async (subject: SubjectId) => (await findAccount(world.deps, subject))!;
  const passkeyOf = async (subject: SubjectId) => (await enrolled(subject)).passkeys[0]!.credentialId;
  const codeNow = (secret = SECRET, offset = 0) =>
    generateSync({ secret, epoch: epochSeconds(world.clock.now()) + offset });
  return { ...world, routes, server, portals, settle, signIn, enrolled, factsOf, passkeyOf, codeNow };
}
