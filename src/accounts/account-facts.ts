import type { AccountLevel } from '../assurance/assurance-level.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import { openField, sealField } from '../storage/sealed-field.ts';
import type { AccountState } from './account-lifecycle.policy.ts';
import type { AccountFacts, GuardianFacts, Personal } from './account.ts';
import type { SubjectKind } from './subject-kind.ts';
import type { LockGround } from './lock-ground.policy.ts';

/** A row of the view `account_facts`: for the stores that join it. */
export interface AccountFactsRow {
  readonly account_id: string;
  readonly kind: SubjectKind;
  readonly state: AccountState;
  readonly level: AccountLevel | null;
  readonly personal: Buffer;
  readonly credentials_changed_at: Date;
  readonly grounds: readonly LockGround[];
  readonly guardian: GuardianFacts | null;
}

const context = (subject: string) => `account:${subject}`;

export const sealPersonal = (keyring: Pick<Keyring, 'sealing'>, subject: SubjectId, personal: Personal): Buffer =>
  sealField(keyring, JSON.stringify(personal), context(subject));

/** The facts of a row, its personal data opened. */
export const toAccountFacts = (keyring: Pick<Keyring, 'sealing'>, row: AccountFactsRow): AccountFacts => ({
  subject: row.account_id as SubjectId,
  kind: row.kind,
  state: row.state,
  level: row.level ?? undefined,
  grounds: row.grounds,
  credentialsChangedAt: row.credentials_changed_at,
  personal: new Sealed(JSON.parse(openField(keyring, row.personal, context(row.account_id))) as Personal),
  ...(row.guardian && { guardian: row.guardian }),
});
