import fc from 'fast-check';
import { mayUseAccount, isIssuedAfterCredentialsChange } from '../../src/accounts/account-access.policy.ts';
import {
  ACCOUNT_STATES,
  LIFECYCLE,
  nextStage,
  type Condition,
  type Stage,
} from '../../src/accounts/account-lifecycle.policy.ts';
import {
  LOCK_GROUNDS,
  lockEntry,
  mayEndLock,
  mayPlaceLock,
  type LockEntry,
  type LockGround,
} from '../../src/accounts/lock-ground.policy.ts';
import { mayRegister } from '../../src/accounts/registration-eligibility.policy.ts';

const EVERYTHING: Condition[] = [
  'phone_proven',
  'officer_evidence',
  'two_officers',
  'guardian_request',
  'second_factor_bound',
];
const changes = [...new Set(LIFECYCLE.map((row) => row.change))];
const stages: ('none' | Stage)[] = [
  'none',
  ...ACCOUNT_STATES.flatMap((state) => ([undefined, '01', '02'] as const).map((level) => ({ state, level }))),
];
const grounds = Object.keys(LOCK_GROUNDS) as LockGround[];

test('every stage and change, in one table', () => {
  const name = (stage: 'none' | Stage) => (stage === 'none' ? 'none' : `${stage.state}/${stage.level ?? '-'}`);
  const table = stages.flatMap((stage) =>
    changes.flatMap((change) => {
      const decision = nextStage(stage, change, EVERYTHING);
      return decision.kind === 'moves' ? [`${name(stage)} + ${change} -> ${name(decision.to)}`] : [];
    }),
  );
  expect(table).toMatchSnapshot();
});

test('no sequence of rows reaches level 02 without recorded evidence and two officers', () => {
  const anyStep = fc.record({ change: fc.constantFrom(...changes), shown: fc.subarray(EVERYTHING) });
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 12 }), (history) => {
      let stage: 'none' | Stage = 'none';
      let isProven = false;
      for (const { change, shown } of history) {
        const decision = nextStage(stage, change, shown);
        if (decision.kind !== 'moves') continue;
        stage = decision.to;
        isProven ||= shown.includes('officer_evidence') && shown.includes('two_officers');
      }
      return stage === 'none' || stage.level !== '02' || isProven;
    }),
    { numRuns: 3000 },
  );
});

test('an ended account stays ended, whatever happens', () => {
  const ended: Stage = { state: 'ended', level: '02' };
  expect(changes.map((change) => nextStage(ended, change, EVERYTHING).kind)).toEqual(changes.map(() => 'not_allowed'));
});

test('no sequence of locks and unlocks opens an account with a ground left, and death never ends', () => {
  const ways = ['holder', 'counter', 'authority', 'registry'] as const;
  const step = fc.record({
    lock: fc.boolean(),
    ground: fc.constantFrom(...grounds),
    // two bodies may ask for a lock each
    request: fc.constantFrom('first', 'second'),
    way: fc.constantFrom(...ways),
  });
  const holder = fc.constantFrom('citizen' as const, 'foreigner' as const, 'organisation' as const);
  fc.assert(
    fc.property(holder, fc.array(step, { maxLength: 40 }), (kind, history) => {
      let open: LockEntry[] = [];
      /** What was asked for and not ended since, counted apart from the policy. */
      const asked = new Set<string>();
      for (const { lock, ground, request, way } of history) {
        const entry = lockEntry(ground, request);
        const name = ground === 'authority_request' ? `${ground} ${request}` : ground;
        if (lock && mayPlaceLock(entry, kind, open).kind === 'placed') {
          open = [...open, entry];
          asked.add(name);
        }
        if (!lock && mayEndLock(entry, way, open).kind === 'ended') {
          open = open.filter((one) => one.ground !== entry.ground || one.entry !== entry.entry);
          asked.delete(name);
          if (!(LOCK_GROUNDS[ground].endedBy as readonly string[]).includes(way)) return false;
        }
      }
      const use = mayUseAccount({ state: 'active', level: '01', grounds: open.map(({ ground }) => ground) });
      return (use.kind === 'may_use') === (asked.size === 0) && open.length === asked.size;
    }),
    { numRuns: 500 },
  );
});

test.each(ACCOUNT_STATES.filter((state) => state !== 'active'))('an account that is %s may not be used', (state) => {
  expect(mayUseAccount({ state, level: '02', grounds: [] }).kind).toBe('not_active');
});

test('only the grounds of the holder fit: no citizen lock for a passport', () => {
  expect(mayPlaceLock(lockEntry('passport_expired'), 'citizen', []).kind).toBe('not_for_this_holder');
  expect(mayPlaceLock(lockEntry('dissolved'), 'foreigner', []).kind).toBe('not_for_this_holder');
});

test('what was issued before a change of credentials no longer counts', () => {
  const changed = new Date('2026-01-01T10:00:00.500Z');
  const second = Math.floor(changed.getTime() / 1000);
  expect([second - 1, second, second + 1].map((at) => isIssuedAfterCredentialsChange(at, changed))).toEqual([
    false,
    true,
    true,
  ]);
});

const TODAY = new Date('2026-11-22T03:00:00Z');
const fit = { birthDate: '2000-01-01', deceased: false, cardStatus: 'valid', phoneOnRecord: '+84912345678' } as const;
test.each([
  ['fits', {}, 'eligible'],
  ['is dead', { deceased: true }, 'deceased'],
  ['turns 14 today', { birthDate: '2012-11-22' }, 'eligible'],
  ['turns 14 tomorrow', { birthDate: '2012-11-23' }, 'too_young'],
  ['is 14 some day this year', { birthDate: '2012' }, 'too_young'],
  ['was 14 last year', { birthDate: '2011' }, 'eligible'],
  ['has an expired card', { cardStatus: 'expired' as const }, 'card_not_valid'],
  ['has no card', { cardStatus: 'none' as const }, 'card_not_valid'],
  ['has another phone on record', { phoneOnRecord: '+84912345679' }, 'phone_not_on_record'],
  ['has no phone on record', { phoneOnRecord: undefined }, 'phone_not_on_record'],
])('registration when the person %s: %s', (_who, change, expected) => {
  const decision = mayRegister({ ...fit, ...change }, '+84912345678', TODAY);
  expect(decision.kind === 'eligible' ? decision.kind : decision.reason).toBe(expected);
});
