import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  LOCKOUT,
  lockSecondsAfter,
  NO_ATTEMPTS,
  reserveAttempt,
  type Attempts,
} from '../../src/authenticators/lockout.policy.ts';

const START = new Date('2026-11-02T03:00:00Z');
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);

describe('the lock that a wrong try brings', () => {
  test.each([
    [1, 0],
    [4, 0],
    [5, 15 * 60],
    [6, 0],
    [9, 0],
    [10, 2 * 3600],
    [11, 0],
    [15, 2 * 3600],
    [95, 2 * 3600],
  ])('number %i in a row: %i seconds', (failed, seconds) => {
    expect(lockSecondsAfter(failed)).toBe(seconds);
  });
});

/** Tries, one each `step` seconds; those permitted are wrong. */
function run(steps: readonly number[]): { verdicts: string[]; attempts: Attempts } {
  let at = 0;
  let attempts = NO_ATTEMPTS;
  const verdicts = steps.map((step) => {
    at += step;
    const decided = reserveAttempt(attempts, undefined, later(at));
    attempts = decided.attempts;
    return decided.reservation.kind;
  });
  return { verdicts, attempts };
}

test('never more than five tries within 15 minutes, whatever their rhythm', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }), (steps) => {
      const { verdicts } = run(steps);
      const at = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step, 0));
      const permitted = at.filter((_, i) => verdicts[i] === 'permitted');
      return permitted.every((moment, i) => {
        const sixth = permitted[i + LOCKOUT.inARow];
        return sixth === undefined || sixth - moment >= 15 * 60;
      });
    }),
  );
});

test('never more than a hundred tries in a row, however long one waits', () => {
  const { verdicts } = run(Array.from({ length: 150 }, () => 3 * 3600));
  expect(verdicts.filter((kind) => kind === 'permitted')).toHaveLength(100);
  expect(verdicts.at(-1)).toBe('exhausted');
});

test('what was counted before the authenticator was bound is forgotten', () => {
  const { attempts } = run(Array.from({ length: 150 }, () => 3 * 3600));
  const now = new Date((attempts.lastAt?.getTime() ?? 0) + 60_000);
  const decided = reserveAttempt(attempts, new Date(now.getTime() - 1000), now);
  expect(decided.reservation).toEqual({ kind: 'permitted', inARow: 1 });
});

test('a refused try changes nothing', () => {
  const locked: Attempts = { failed: 5, lastAt: START, lockedUntil: later(900) };
  expect(reserveAttempt(locked, undefined, later(10))).toEqual({
    reservation: { kind: 'locked', until: later(900) },
    attempts: locked,
  });
});
