import { expect, test } from '@jest/globals';
import { beginPasskeyAssertion } from '../../../src/authenticators/webauthn/begin-passkey-assertion.ts';
import { relyingPartyOf } from '../../../src/authenticators/webauthn/relying-party.ts';
import { verifyPasskeyAssertion } from '../../../src/authenticators/webauthn/verify-passkey-assertion.ts';
import { askOfficerPasskey } from '../../../src/officers/sign-in/ask-officer-passkey.ts';
import { verifyOfficerPasskey } from '../../../src/officers/sign-in/verify-officer-passkey.ts';
import { OFFICER_ROLES } from '../../../src/officers/officer-permissions.policy.ts';
import { assertPasskey } from '../../support/software-passkey.ts';
import { officerOf, startConsole } from '../console.ts';

const world = await startConsole();
const deps = { ...world, relyingParty: relyingPartyOf(world.origin, 'Danh Tính') };
const TRANSACTION = 'a-visit';

test.each(OFFICER_ROLES)('the passkey of a %s opens no citizen’s account', async (role) => {
  const options = await beginPasskeyAssertion(deps, TRANSACTION);
  const response = assertPasskey(officerOf(role).passkey, options, world.origin);
  expect(await verifyPasskeyAssertion(deps, TRANSACTION, response)).toEqual({ kind: 'rejected' });
});

test('a challenge given out at one door is none at the other', async () => {
  const { passkey } = officerOf('auditor');
  const citizens = await beginPasskeyAssertion(deps, TRANSACTION);
  const answered = assertPasskey(passkey, citizens, world.origin);
  expect(await verifyOfficerPasskey(deps, TRANSACTION, answered)).toEqual({ kind: 'expired' });
  const officers = (await askOfficerPasskey(deps, TRANSACTION)) as { challenge: string };
  const crossed = assertPasskey(passkey, officers, world.origin);
  expect(await verifyPasskeyAssertion(deps, TRANSACTION, crossed)).toEqual({ kind: 'expired' });
  // neither door has used up what belongs to the other
  expect((await verifyOfficerPasskey(deps, TRANSACTION, crossed)).kind).toBe('verified');
});

test('a challenge of a sign-in proves no re-authentication, nor the other way round', async () => {
  const { passkey, officerId } = officerOf('auditor');
  const id = officerId as Parameters<typeof askOfficerPasskey>[2] & string;
  const plain = (await askOfficerPasskey(deps, TRANSACTION)) as { challenge: string };
  const again = (await askOfficerPasskey(deps, TRANSACTION, id)) as { challenge: string };
  const show = (options: { challenge: string }) => assertPasskey(passkey, options, world.origin);
  expect((await verifyOfficerPasskey(deps, TRANSACTION, show(plain), id)).kind).toBe('expired');
  expect((await verifyOfficerPasskey(deps, TRANSACTION, show(again))).kind).toBe('expired');
});
