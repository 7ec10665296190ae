import * as fc from 'fast-check';
import { mayUseAccount } from '../../src/accounts/account-access.policy.ts';
import { activateAccount } from '../../src/accounts/activate-account.ts';
import { endLock } from '../../src/accounts/end-lock.ts';
import { findAccountByNationalId } from '../../src/accounts/find-account.ts';
import { findInvitation } from '../../src/accounts/find-invitation.ts';
import { grantEnrolment } from '../../src/accounts/grant-enrolment.ts';
import { letInvitationsLapse } from '../../src/accounts/let-invitations-lapse.ts';
import { listEvidence } from '../../src/accounts/list-evidence.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { LOCK_GROUNDS, type LockGround } from '../../src/accounts/lock-ground.policy.ts';
import { openAccount } from '../../src/accounts/open-account.ts';
import { renewInvitation } from '../../src/accounts/renew-invitation.ts';
import { randomId } from '../../src/kernel/random.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { TestClock } from '../support/test-clock.ts';
import { testKeyring } from '../support/test-keyring.ts';

const { db } = await freshDatabase();
const clock = new TestClock();
const deps = { db, keyring: testKeyring(), clock };
const OFFICERS = [randomId(), randomId()];
const DAY = 24 * 60 * 60;
const officer = fc.constantFrom(...OFFICERS);

const step = fc.oneof(
  fc.record({ kind: fc.constant('register' as const) }),
  fc.record({ kind: fc.constant('grant' as const), recordedBy: officer, approvedBy: officer }),
  fc.record({
    kind: fc.constant('activate' as const),
    shown: fc.subarray(['phone_proven', 'second_factor_bound'] as const),
  }),
  fc.record({ kind: fc.constant('days' as const), days: fc.constantFrom(1, 8) }),
  fc.record({ kind: fc.constant('renew' as const) }),
  fc.record({
    kind: fc.constantFrom('lock' as const, 'unlock' as const),
    ground: fc.constantFrom(...(Object.keys(LOCK_GROUNDS) as LockGround[])),
    entry: fc.constantFrom('a', 'b'),
    way: fc.constantFrom('holder' as const, 'counter' as const, 'authority' as const, 'registry' as const),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let people = 0;
test('whatever is done in whatever order: no level 02 without evidence of two officers, no use with a ground left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const tail = String((people += 1)).padStart(6, '0');
      const person = { fullName: 'A B', birthDate: '1990-01-01', gender: 'male', nationality: 'Việt Nam' } as const;
      const personal = { ...person, nationalId: `001090${tail}`, phone: `+84912${tail}` };
      for (const one of steps) {
        await take(one, personal);
        await holds(personal.nationalId);
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);

const find = (nationalId: string) => findAccountByNationalId(deps, parseNationalId(nationalId)!);

async function take(one: Step, personal: Parameters<typeof openAccount>[2]['personal']): Promise<unknown> {
  const facts = await find(personal.nationalId);
  if (one.kind === 'days') {
    clock.passSeconds(one.days * DAY);
    return letInvitationsLapse(deps);
  }
  // the counter refuses who is invited already
  if (one.kind === 'grant' && facts && (await findInvitation(deps, facts.subject))) return undefined;
  if (one.kind === 'register' || one.kind === 'grant')
    return inTransaction(db, async (sql) => {
      const stage = { state: 'active', level: '01' } as const;
      if (one.kind === 'register') return openAccount(deps, sql, { kind: 'citizen', stage, personal }, clock.now());
      const { recordedBy, approvedBy } = one;
      const checks = new Sealed({ cardSeen: true, faceMatch: 'F1', fingerprintMatch: 'P1', consent: true as const });
      return grantEnrolment(deps, sql, {
        // the counter raises what is active at level 01
        ...(facts?.state === 'active' && facts.level === '01' && { subject: facts.subject }),
        personal: new Sealed(personal),
        evidence: {
          kind: 'counter_enrolment',
          caseId: randomId(),
          officeId: 'cau-giay',
          recordedBy,
          approvedBy,
          checks: new Sealed({ ...checks.reveal(), formNumber: 'TK01-1', differences: [] }),
        },
        actor: 'test',
      });
    });
  if (!facts) return undefined;
  const { subject } = facts;
  if (one.kind === 'activate') return inTransaction(db, (sql) => activateAccount(deps, sql, subject, one.shown));
  if (one.kind === 'renew') return renewInvitation(deps, subject, 'test');
  return one.kind === 'lock'
    ? lockAccount(deps, subject, { ground: one.ground, entry: one.entry, actor: 'test' })
    : endLock(deps, subject, { ground: one.ground, entry: one.entry, way: one.way, actor: 'test' });
}

async function holds(nationalId: string): Promise<void> {
  const facts = await find(nationalId);
  if (!facts) return;
  const { rows } = await db.query('SELECT 1 FROM account_lock WHERE account_id = $1 AND ended_at IS NULL', [
    facts.subject,
  ]);
  expect(facts.grounds).toHaveLength(rows.length);
  if (rows.length > 0) expect(mayUseAccount(facts).kind).not.toBe('may_use');
  if (facts.level !== '02') return;
  const evidence = await listEvidence(deps, facts.subject);
  expect(evidence.some(({ recordedBy, approvedBy }) => recordedBy !== approvedBy)).toBe(true);
}
