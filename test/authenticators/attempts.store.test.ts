import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { clear, reserve } from '../../src/authenticators/attempts.store.ts';
import { NO_ATTEMPTS, reserveAttempt } from '../../src/authenticators/lockout.policy.ts';
import type { IdentifierKey } from '../../src/kernel/ids.ts';
import { randomId } from '../../src/kernel/random.ts';
import { freshCache } from '../support/fresh-cache.ts';

const { cache } = await freshCache();
const NOW = new Date('2026-11-02T03:00:00Z');
const someone = () => randomId() as IdentifierKey;

test('fifty tries at once get as many as the limit', async () => {
  const who = someone();
  const all = await Promise.all(Array.from({ length: 50 }, () => reserve(cache, 'password', who, undefined, NOW)));
  expect(all.filter(({ kind }) => kind === 'permitted')).toHaveLength(5);
  expect(all.filter(({ kind }) => kind === 'locked')).toHaveLength(45);
});

test('authenticators and people are counted apart', async () => {
  const [a, b] = [someone(), someone()];
  await Promise.all(Array.from({ length: 6 }, () => reserve(cache, 'password', a, undefined, NOW)));
  expect((await reserve(cache, 'password', a, undefined, NOW)).kind).toBe('locked');
  expect((await reserve(cache, 'totp', a, undefined, NOW)).kind).toBe('permitted');
  expect((await reserve(cache, 'password', b, undefined, NOW)).kind).toBe('permitted');
});

test('a right try clears the row, and the row lapses by itself unless it is exhausted', async () => {
  const who = someone();
  await reserve(cache, 'totp', who, undefined, NOW);
  expect(await cache.pttl(`attempts:totp:${who}`)).toBeGreaterThan(29 * 24 * 3600 * 1000);
  clear(cache, 'totp', who);
  expect(await cache.exists(`attempts:totp:${who}`)).toBe(0);
  for (let i = 0; i < 100; i += 1) await reserve(cache, 'totp', who, undefined, new Date(NOW.getTime() + i * 1e7));
  expect(await cache.pttl(`attempts:totp:${who}`)).toBe(-1);
});

test('the script decides as the policy does', async () => {
  const step = fc.record({
    seconds: fc.integer({ min: 0, max: 9000 }),
    boundAgo: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined, freq: 20 }),
    right: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 130, size: 'max' }), async (steps) => {
      const who = someone();
      let attempts = NO_ATTEMPTS;
      let now = NOW;
      for (const { seconds, boundAgo, right } of steps) {
        now = new Date(now.getTime() + seconds * 1000);
        const boundAt = boundAgo === undefined ? undefined : new Date(now.getTime() - boundAgo * 1000);
        const decided = reserveAttempt(attempts, boundAt, now);
        expect(await reserve(cache, 'password', who, boundAt, now)).toEqual(decided.reservation);
        attempts = decided.attempts;
        if (decided.reservation.kind === 'permitted' && right && seconds % 7 === 0) {
          clear(cache, 'password', who);
          attempts = NO_ATTEMPTS;
        }
      }
    }),
    { numRuns: 25 },
  );
});
