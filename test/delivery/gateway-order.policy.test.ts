import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FRESH, WORN_OUT, afterAttempt, gatewayOrder } from '../../src/delivery/gateway-order.policy.ts';

const NOW = 1_000_000;
const record = fc.record({ failures: fc.nat(8), restsUntil: fc.integer({ min: NOW - 100, max: NOW + 100 }) });

test('every healthy gateway comes before every resting one, each kind in its own order, none twice', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      const order = gatewayOrder(records, NOW);
      const rests = order.map((i) => records[i]!.restsUntil > NOW);
      const sorted = (part: number[]): boolean => part.every((i, k) => k === 0 || i > part[k - 1]!);
      expect(new Set(order).size).toBe(order.length);
      expect(rests.toSorted((a, b) => Number(a) - Number(b))).toEqual(rests);
      expect(sorted(order.filter((_, k) => !rests[k])) && sorted(order.filter((_, k) => rests[k]))).toBe(true);
    }),
  );
});

test('only a worn-out gateway in its rest is left out', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      const order = gatewayOrder(records, NOW);
      for (const [i, { failures, restsUntil }] of records.entries()) {
        expect(order.includes(i)).toBe(!(restsUntil > NOW && failures >= WORN_OUT));
      }
    }),
  );
});

test('one success forgives everything, a failure begins a rest', () => {
  const tired = afterAttempt(FRESH, false, NOW, 30_000);
  expect(tired).toEqual({ failures: 1, restsUntil: NOW + 30_000 });
  expect(afterAttempt(tired, true, NOW, 30_000)).toEqual(FRESH);
});
