import type { AccountLevel } from '../assurance/assurance-level.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Stay } from '../registry/population-registry.ts';
import type { AccountState } from './account-lifecycle.policy.ts';
import type { LockGround } from './lock-ground.policy.ts';
import type { SubjectKind } from './subject-kind.ts';

/** In what messages are written. */
export type Language = 'vi' | 'en';

/** The personal data of an account, kept as one sealed value. Dates are ISO 8601; a birth date may be the year alone. */
export interface Personal {
  readonly nationalId: string;
  /** Numbers that were cancelled when another was established for the same person, oldest first. */
  readonly formerNationalIds?: readonly string[];
  readonly fullName: string;
  readonly birthDate: string;
  readonly gender: 'male' | 'female';
  readonly nationality: string;
  /** Of a foreigner, and of nobody else. */
  readonly stay?: Stay;
  /** E.164, the person's own. A dependant is reached by the guardian's (Decree 69/2024 art. 10): see find-reached.ts. */
  readonly phone?: string;
  readonly email?: string;
  /** In which language messages are written: that of the holder's last sign-in. Absent before there was one. */
  readonly language?: Language;
  readonly address?: { readonly detail: string; readonly ward: string; readonly province: string };
}

/** Who is in charge of a dependant's account, or was last, and what decides whether that account may be used. */
export interface GuardianFacts {
  readonly subject: SubjectId;
  readonly inForce: boolean;
  /** Beyond the 14th birthday too: the record keeps the person under a guardian. */
  readonly ward: boolean;
  /** Epoch seconds. */
  readonly sinceSeconds: number;
  readonly state: AccountState;
  readonly level: AccountLevel | null;
  readonly grounds: readonly LockGround[];
}

/** What every decision about an account is made from. */
export interface AccountFacts {
  readonly subject: SubjectId;
  readonly kind: SubjectKind;
  readonly state: AccountState;
  /** Absent before it is granted, and for organisations. */
  readonly level: AccountLevel | undefined;
  /** The grounds of lock that are open now. */
  readonly grounds: readonly LockGround[];
  /** Sessions, codes and tokens from before this moment no longer count. */
  readonly credentialsChangedAt: Date;
  readonly personal: Sealed<Personal>;
  /** Absent for an account that never had a guardian. */
  readonly guardian?: GuardianFacts;
}

/** In which language the holder is written to. */
export const languageOf = ({ personal }: Pick<AccountFacts, 'personal'>): Language =>
  personal.reveal().language ?? 'vi';
