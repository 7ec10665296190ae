import { expect, test } from '@jest/globals';
import { createGatewayWatch } from '../../../src/authenticators/otp/gateway-watch.ts';

const NOW = new Date('2026-08-14T07:05:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

test('a gateway that fails is down for half a minute, or until a message goes out', () => {
  const watch = createGatewayWatch();
  watch.noteOutcome({ kind: 'failed', reason: 'timeout' }, NOW);
  expect([watch.isDown(later(29)), watch.isDown(later(30))]).toEqual([true, false]);
  watch.noteOutcome({ kind: 'accepted' }, later(5));
  expect(watch.isDown(later(6))).toBe(false);
});

test.each(['refused', 'malformed_recipient'])('whoever has a number that is %s silences nobody else', (reason) => {
  const watch = createGatewayWatch();
  watch.noteOutcome({ kind: 'failed', reason }, NOW);
  expect(watch.isDown(NOW)).toBe(false);
  watch.noteOutcome({ kind: 'failed', reason: 'timeout' }, NOW);
  watch.noteOutcome({ kind: 'failed', reason }, NOW);
  expect(watch.isDown(NOW)).toBe(true);
});
