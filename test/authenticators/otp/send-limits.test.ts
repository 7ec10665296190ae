import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { maySend, stricter, type SendDecision } from '../../../src/authenticators/otp/send-limits.policy.ts';
import { reserveSend } from '../../../src/authenticators/otp/send-limits.store.ts';
import { randomId } from '../../../src/kernel/random.ts';
import { freshCache } from '../../support/fresh-cache.ts';

const { cache } = await freshCache();
const NOW = new Date('2026-11-02T03:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

describe('sends', () => {
  test.each<[string, number[], SendDecision]>([
    ['the first', [], { kind: 'permitted', resendAfterSeconds: 0 }],
    ['the second at once: then a pause', [0], { kind: 'permitted', resendAfterSeconds: 10 }],
    ['the third at once', [0, 0], { kind: 'too_soon', retryAfterSeconds: 10 }],
    ['the third after 10 seconds', [-10, -3], { kind: 'permitted', resendAfterSeconds: 7 }],
    [
      'the 21st of a day',
      Array.from({ length: 20 }, (_, i) => -3600 + i * 60),
      { kind: 'too_many', until: later(23 * 3600) },
    ],
    [
      'the first of the next day',
      Array.from({ length: 20 }, () => -24 * 3600),
      { kind: 'permitted', resendAfterSeconds: 0 },
    ],
  ])('%s', (_, sent, decision) => {
    expect(maySend(sent.map(later), NOW)).toEqual(decision);
  });
});

test('of two counts the stricter holds', () => {
  const soon: SendDecision = { kind: 'too_soon', retryAfterSeconds: 3 };
  const many: SendDecision = { kind: 'too_many', until: NOW };
  expect(stricter(soon, many)).toBe(many);
  expect(stricter({ kind: 'permitted', resendAfterSeconds: 0 }, soon)).toBe(soon);
  expect(stricter(soon, { kind: 'too_soon', retryAfterSeconds: 9 })).toEqual({
    kind: 'too_soon',
    retryAfterSeconds: 9,
  });
});

test('twenty at once: two go', async () => {
  const who = randomId();
  const all = await Promise.all(Array.from({ length: 20 }, () => reserveSend(cache, who, NOW)));
  expect(all.filter(({ kind }) => kind === 'permitted')).toHaveLength(2);
});

test('the script decides as the policy does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 9000 })), {
        maxLength: 60,
        size: 'max',
      }),
      async (steps) => {
        const who = randomId();
        const sent: Date[] = [];
        let now = NOW;
        for (const seconds of steps) {
          now = new Date(now.getTime() + seconds * 1000);
          const decision = maySend(sent, now);
          expect(await reserveSend(cache, who, now)).toEqual(decision);
          if (decision.kind === 'permitted') sent.push(now);
        }
      },
    ),
    { numRuns: 20 },
  );
});
