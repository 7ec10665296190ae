import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnChart, roundUp } from '../../../src/officers/start/chart.ts';

test.each([
  [1, 1],
  [3, 4],
  [7, 10],
  [10, 10],
  [11, 20],
  [43, 50],
  [1_234_567, 2_000_000],
])('the lines above %d end at %d', (value, top) => {
  expect(roundUp(value)).toBe(top);
});

test('nothing to draw when nothing happened', () => {
  expect(columnChart([])).toBeUndefined();
  expect(columnChart([[0, 0], [0, 0]])).toBeUndefined(); // prettier-ignore
});

test('every bar stands on the base, inside the drawing, beside its neighbours, as high as its value says', () => {
  const steps = fc.array(fc.tuple(fc.nat(1e9), fc.nat(1e9)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(steps, (values) => {
      const chart = columnChart(values);
      if (!chart) return values.flat().every((value) => value === 0);
      const bars = chart.steps.flatMap((step) => step.bars);
      const places = bars.every(({ x, y, width, height }, i) => {
        const next = bars[i + 1]?.x ?? 100;
        return x >= chart.left && x + width <= next + 0.02 && y >= 0 && Math.abs(y + height - chart.base) < 0.01;
      });
      const top = chart.ticks.at(-1)!;
      const heights = values.flat().every((value, i) => {
        return Math.abs(bars[i]!.height - (value / top.value) * (chart.base - top.y)) < 0.01;
      });
      return places && heights;
    }),
  );
});
