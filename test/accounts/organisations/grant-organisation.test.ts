import { expect, test } from '@jest/globals';
import { findAccount } from '../../../src/accounts/find-account.ts';
import { letInvitationsLapse } from '../../../src/accounts/let-invitations-lapse.ts';
import { openAccount } from '../../../src/accounts/open-account.ts';
import { activateOrganisation } from '../../../src/accounts/organisations/activate-organisation.ts';
import { mayApply } from '../../../src/accounts/organisations/application.policy.ts';
import type { ApplicationId } from '../../../src/accounts/organisations/application.ts';
import { grantOrganisation } from '../../../src/accounts/organisations/grant-organisation.ts';
import { listRepresentatives } from '../../../src/accounts/organisations/list-representatives.ts';
import { renewInvitation } from '../../../src/accounts/renew-invitation.ts';
import { randomId } from '../../../src/kernel/random.ts';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import { parseTaxNumber } from '../../../src/registry/tax-number.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { TestClock } from '../../support/test-clock.ts';
import { testKeyring } from '../../support/test-keyring.ts';

const { db } = await freshDatabase();
const clock = new TestClock();
const deps = { db, clock, keyring: testKeyring() };
const NUMBER = '079203001234';

async function person(nationalId: string) {
  const opened = await inTransaction(db, (sql) =>
    openAccount(
      deps,
      sql,
      {
        kind: 'citizen',
        stage: { state: 'active', level: '02' },
        personal: { nationalId, fullName: 'Trần An', birthDate: '1990-01-01', gender: 'male', nationality: 'Việt Nam' },
      },
      clock.now(),
    ),
  );
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  return (await findAccount(deps, opened.subject))!;
}

const grant = (recordedBy: string, approvedBy: string) =>
  inTransaction(db, (sql) =>
    grantOrganisation(deps, sql, {
      organisation: {
        taxNumber: parseTaxNumber('9700000099')!,
        name: 'Hợp tác xã Thử',
        headOffice: 'Thôn 1',
        foundedOn: '2020-01-01',
        state: 'active',
        verified: true,
        representatives: [parseNationalId(NUMBER)!],
      },
      applicationId: randomId() as ApplicationId,
      recordedBy,
      approvedBy,
      officeId: 'cau-giay',
      comparison: 'khớp',
      actor: 'officer:x',
    }),
  );

test('two officers grant, a representative activates in 7 days, or the help desk gives 7 more', async () => {
  const [a, b] = [randomId(), randomId()];
  expect(await grant(a, a)).toEqual({ kind: 'not_allowed' });
  const granted = await grant(a, b);
  if (granted.kind !== 'granted') throw new Error(granted.kind);
  expect(await grant(a, b)).toEqual({ kind: 'taken' });
  // a representative without an account yet acts through the one that comes
  expect(await listRepresentatives(deps, granted.subject)).toEqual([]);
  const representative = await person(NUMBER);
  expect(await listRepresentatives(deps, granted.subject)).toEqual([representative.subject]);
  const stranger = await person('079203001235');
  expect(await activateOrganisation(deps, stranger, granted.subject)).toEqual({ kind: 'not_invited' });

  clock.passSeconds(8 * 24 * 60 * 60);
  expect(await activateOrganisation(deps, representative, granted.subject)).toEqual({ kind: 'lapsed' });
  expect(await letInvitationsLapse(deps)).toBe(1);
  expect(await renewInvitation(deps, granted.subject, 'officer:y')).toMatchObject({ kind: 'renewed' });
  const low = { ...representative, level: '01' } as const;
  expect(await activateOrganisation(deps, low, granted.subject)).toEqual({ kind: 'not_invited' });
  expect(await activateOrganisation(deps, representative, granted.subject)).toEqual({ kind: 'activated' });
  expect(await findAccount(deps, granted.subject)).toMatchObject({ kind: 'organisation', state: 'active' });
});

test.each([
  [{}, undefined],
  [{ level: '01' }, 'level_too_low'],
  [{ isRegistered: false }, 'not_registered'],
  [{ isRepresentative: false, isDissolved: true, hasAccount: true }, 'not_representative'],
  [{ isDissolved: true }, 'dissolved'],
  [{ hasAccount: true }, 'has_account'],
] as const)('who applies with %o is refused: %s', (change, reason) => {
  const may = {
    level: '02',
    isRegistered: true,
    isRepresentative: true,
    isDissolved: false,
    hasAccount: false,
  } as const;
  expect(mayApply({ ...may, ...change })).toEqual(reason ? { kind: 'refused', reason } : { kind: 'may_apply' });
});
