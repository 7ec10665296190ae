import { readFileSync } from 'node:fs';
import type { Said } from '../http/locale.ts';
import { coseKeyOf } from './cose-key.ts';
import type { SoftwarePasskey } from './test-person.ts';

interface TestOffice {
  readonly officeId: string;
  readonly parentId?: string;
  readonly tier: 'ministry' | 'province' | 'commune';
  readonly name: Said;
}

interface TestOfficer {
  readonly officerId: string;
  readonly name: string;
  readonly role:
    'counter_officer' | 'approver' | 'help_desk' | 'portal_registrar' | 'auditor' | 'security_administrator';
  readonly officeId: string;
  readonly passkey: SoftwarePasskey;
  readonly note: Said;
}

interface TestStaff {
  readonly offices: readonly TestOffice[];
  readonly officers: readonly TestOfficer[];
}

/**
 * The sandbox's offices and officers, always the same, at least one of every role. All made up, but for the offices' names.
 * Their keys are public on purpose, and are known only to a program started with the sandbox on.
 */
export const TEST_STAFF = JSON.parse(
  readFileSync(new URL('data/test-officers.json', import.meta.url), 'utf8'),
) as TestStaff;

/** The same, as the console takes in officers whose passkeys were made elsewhere. */
export const sandboxStaff = () => ({
  offices: TEST_STAFF.offices,
  officers: TEST_STAFF.officers.map(({ officerId, officeId, role, name, passkey }) => ({
    officerId,
    officeId,
    role,
    name,
    handle: Buffer.from(passkey.userHandle, 'base64url'),
    credentialId: Buffer.from(passkey.credentialId, 'base64url'),
    publicKey: coseKeyOf(passkey.privateKey),
  })),
});

/** An officer as `/sandbox/officers.json` lists them, with the key as the sandbox's script takes it. */
export function describeOfficer({ officerId, name, role, officeId, passkey, note }: TestOfficer): object {
  const office = TEST_STAFF.offices.find((one) => one.officeId === officeId);
  return {
    officer_id: officerId,
    name: `${name} – ${note.vi.replace(/\.$/, '')}`,
    full_name: name,
    role,
    office: officeId,
    office_name: office?.name.vi ?? null,
    office_name_en: office?.name.en ?? null,
    note: note.vi,
    note_en: note.en,
    credential_id: passkey.credentialId,
    user_handle: passkey.userHandle,
    private_key: passkey.privateKey,
  };
}
