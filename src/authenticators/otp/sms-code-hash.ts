import type { IdentifierKey } from '../../kernel/ids.ts';

export const SMS_CODE_PURPOSE = 'sms-code';

/** What is hashed with a code, so that it proves nothing in another transaction or for another person. Blanks are forgiven. */
export const smsCodeInput = (transaction: string, who: IdentifierKey, code: string): string =>
  `${transaction}\0${who}\0${code.normalize('NFKC').replace(/\s/g, '')}`;
