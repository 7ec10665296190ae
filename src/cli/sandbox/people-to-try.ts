import { TEST_PEOPLE } from '../../sandbox/people.ts';
import type { TestAccount, TestPerson } from '../../sandbox/test-person.ts';
import type { PersonToTry } from './welcome.ts';

const SHOWN = 6;

/** Six of the sandbox's people, with what each one types. */
export const peopleToTry = (): PersonToTry[] => TEST_PEOPLE.slice(0, SHOWN).map(describe);

const describe = ({ citizen, account, note }: TestPerson): PersonToTry => ({
  name: citizen.fullName,
  nationalId: citizen.nationalId,
  note: note.en,
  type: account === undefined || account.state === 'never_activated' ? [] : typed(account),
});

function typed({ password, totpSecret, passkey }: TestAccount): string[] {
  const first = password === undefined ? [] : [password];
  if (passkey) return [...first, 'the sandbox passkey (it also does alone)'];
  if (totpSecret) return [...first, `the code of an authenticator app with the key ${totpSecret}`];
  return [...first, 'the code from the messages'];
}
