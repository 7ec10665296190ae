import { findAccountByNationalId } from '../accounts/find-account.ts';
import type { Stage } from '../accounts/account-lifecycle.policy.ts';
import type { Personal } from '../accounts/account.ts';
import { isWard } from '../accounts/guardianship.policy.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { kindOf } from '../accounts/entitlement.policy.ts';
import { openAccount } from '../accounts/open-account.ts';
import { putGuardianInCharge } from '../accounts/put-guardian-in-charge.ts';
import { bindTotp } from '../authenticators/otp/bind-totp.ts';
import { choosePassword, type ChosenPassword } from '../authenticators/password/choose-password.ts';
import type { HashQueue } from '../authenticators/password/hash-queue.ts';
import { setPassword } from '../authenticators/password/set-password.ts';
import { bindPasskey } from '../authenticators/webauthn/bind-passkey.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import { parseNationalId } from '../registry/national-id.ts';
import type { Keyring } from '../storage/keyring.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { coseKeyOf } from './cose-key.ts';
import type { TestAccount, TestPerson } from './test-person.ts';

export interface TestAccountDeps {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly hashQueue: HashQueue;
}

const ACTOR = 'sandbox';

/**
 * Gives a test person the account and authenticators of the table, once: whatever a tester did to it since stays. True when
 * it was made now. Throws when the person has no account in the table, or its password is one the policy refuses.
 */
export async function openTestAccount(deps: TestAccountDeps, person: TestPerson): Promise<boolean> {
  const { account, citizen } = person;
  const nationalId = parseNationalId(citizen.nationalId);
  if (!account || !nationalId) throw new Error('this test person has no account');
  if (await findAccountByNationalId(deps, nationalId)) return false;
  const guardian = await guardianOf(deps, person);
  const password = account.password === undefined ? undefined : await chosen(deps, person, account.password);
  const subject = await inTransaction(deps.db, async (sql) => {
    const at = deps.clock.now();
    const subjectOf = { kind: kindOf(citizen), stage: stageOf(account), personal: personalOf(person) };
    const opened = await openAccount(deps, sql, subjectOf, at);
    if (opened.kind === 'taken') return undefined;
    if (guardian)
      await putGuardianInCharge(sql, opened.subject, { guardian, ward: isWard(citizen, at), actor: ACTOR }, at);
    if (password) await setPassword(deps, sql, opened.subject, password);
    if (account.totpSecret) await bindTotp(deps, sql, opened.subject, new Sealed(account.totpSecret));
    if (account.passkey) {
      const { credentialId, userHandle, privateKey } = account.passkey;
      await bindPasskey(deps, sql, opened.subject, {
        credentialId,
        publicKey: coseKeyOf(privateKey),
        userHandle: Buffer.from(userHandle, 'base64url'),
        name: 'Sandbox',
        synced: true,
      });
    }
    return opened.subject;
  });
  if (subject && account.state === 'locked') await lock(deps, subject);
  return subject !== undefined;
}

/** Whoever is the guardian in the table, if they have an account. */
async function guardianOf(deps: TestAccountDeps, { citizen }: TestPerson): Promise<SubjectId | undefined> {
  const nationalId = parseNationalId(citizen.guardian ?? '');
  return nationalId && (await findAccountByNationalId(deps, nationalId))?.subject;
}

const lock = (deps: TestAccountDeps, subject: SubjectId) =>
  lockAccount(deps, subject, { ground: 'self_request', actor: ACTOR });

const stageOf = ({ state, level }: TestAccount): Stage => ({
  state: state === 'never_activated' ? 'granted' : 'active',
  level,
});

function personalOf({ citizen, account }: TestPerson): Personal {
  const { nationalId, fullName, birthDate, gender, nationality, address, stay, phone } = citizen;
  return {
    nationalId,
    fullName,
    birthDate,
    gender,
    nationality,
    address,
    ...(stay && { stay }),
    ...(phone !== undefined && { phone }),
    ...(account?.email !== undefined && { email: account.email }),
  };
}

async function chosen(deps: TestAccountDeps, { citizen }: TestPerson, password: string): Promise<ChosenPassword> {
  const { nationalId, phone, fullName, birthDate } = citizen;
  const own = [nationalId, fullName, birthDate, ...(phone === undefined ? [] : [phone])];
  const outcome = await choosePassword(deps, new Sealed(password), own);
  if (outcome.kind === 'chosen') return outcome.chosen;
  throw new Error(`a test person's password is ${outcome.kind === 'refused' ? outcome.reason : 'busy'}`);
}
