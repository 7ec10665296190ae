import type { Citizen } from './nation/citizen.ts';
import { totpCode } from './totp-code.ts';

/** A passkey in software whose private half is no secret: it opens nothing outside the sandbox. */
export interface SoftwarePasskey {
  /** base64url. */
  readonly credentialId: string;
  /** base64url: by what the server finds the account (WebAuthn Level 3, 5.4.3). */
  readonly userHandle: string;
  /** P-256. */
  readonly privateKey: {
    readonly kty: 'EC';
    readonly crv: 'P-256';
    readonly x: string;
    readonly y: string;
    readonly d: string;
  };
}

/** The account a test person has from the start. */
export interface TestAccount {
  readonly level: '01' | '02';
  readonly state: 'active' | 'locked' | 'never_activated';
  readonly password?: string;
  /** Base32, as an authenticator app takes it. */
  readonly totpSecret?: string;
  readonly passkey?: SoftwarePasskey;
  readonly email?: string;
}

/** A ready-made person: someone of the nation with a known number, and what a tester should know. */
export interface TestPerson {
  readonly citizen: Citizen;
  readonly account?: TestAccount;
  readonly note: { readonly vi: string; readonly en: string };
}

/** A test person as `/sandbox/people.json` lists them, with their app's code of this moment; null for what they do not have. */
export function describePerson(
  { citizen, account, note }: TestPerson,
  nowSeconds: number,
): Record<string, string | null> {
  return {
    national_id: citizen.nationalId,
    full_name: citizen.fullName,
    birthdate: citizen.birthDate,
    phone: citizen.phone ?? null,
    nationality: citizen.nationality,
    card_issued_on: citizen.stay?.residence.issuedOn ?? citizen.card.issuedOn ?? null,
    guardian: citizen.guardian ?? null,
    account_level: account?.level ?? null,
    state: account?.state ?? 'no_account',
    email: account?.email ?? null,
    password: account?.password ?? null,
    totp_secret: account?.totpSecret ?? null,
    totp_code: account?.totpSecret === undefined ? null : totpCode(account.totpSecret, nowSeconds),
    passkey: account?.passkey?.credentialId ?? null,
    note: note.vi,
    note_en: note.en,
  };
}

/** The key of a test person as the sandbox's script takes it: one, or none. */
export const passkeyOf = ({ citizen, account }: TestPerson): object[] =>
  account?.passkey === undefined
    ? []
    : [
        {
          name: citizen.fullName,
          national_id: citizen.nationalId,
          credential_id: account.passkey.credentialId,
          user_handle: account.passkey.userHandle,
          private_key: account.passkey.privateKey,
        },
      ];
