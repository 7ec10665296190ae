import type { IdentifierKey, SubjectId } from '../kernel/ids.ts';

/** Whoever typed an identifier: counted by its key, whether or not an account stands behind it. */
export interface Claimant {
  readonly key: IdentifierKey;
  /** Absent when nobody has the number: the same work is done, and never succeeds. */
  readonly subject?: SubjectId;
}

/** Asked for in place of a missing subject, so that an unknown number costs the same statements. No account has it. */
export const NO_ONE = '00000000-0000-0000-0000-000000000000' as SubjectId;
