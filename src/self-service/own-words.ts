import type { Personal } from '../accounts/account.ts';

/** What a password of this person must not be made of. */
export const ownWordsOf = ({ nationalId, phone, fullName, birthDate }: Personal): string[] => [
  nationalId,
  ...(phone ? [phone] : []),
  fullName,
  birthDate,
];
