import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { csvCell, parseSeal, sealLine } from '../../../src/officers/audit/export-file.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '|calc', '\t=1', '\r=1', '\n=1', '  =1', '\u00a0=1', '\ufeff=1'])(
  'a spreadsheet takes %j as text',
  (text) => {
    expect(csvCell(text).startsWith(`"'`)).toBe(true);
  },
);

test('a cell keeps what is in it, whatever that is, and never ends before its end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const cell = csvCell(text);
      const inside = cell.slice(1, -1).replaceAll('""', '"');
      expect([text, `'${text}`]).toContain(inside);
      expect(cell.slice(1, -1).replaceAll('""', '')).not.toContain('"');
    }),
  );
});

test.each(['csv', 'jsonl'] as const)('the seal of a %s is read back, and nothing else is one', (format) => {
  const digest = 'ab'.repeat(32);
  const line = sealLine(format, digest, 'eyJ.._x');
  expect(parseSeal(line)).toEqual({ digest, jws: 'eyJ.._x' });
  for (const other of [line.trimEnd(), ` ${line}`, line.replace('ab', 'AB'), `${line}${line}`, ''])
    expect(parseSeal(other)).toBeUndefined();
});
