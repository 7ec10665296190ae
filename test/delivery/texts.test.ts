import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fillJson, fillText } from '../../src/delivery/fill-template.ts';
import { withoutMarks } from '../../src/delivery/plain-text.ts';
import { segmentsOf } from '../../src/delivery/sms-segments.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 400 }).filter((text) => text.isWellFormed());

test('a filled value is never read as a template or as structure', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const values = new Map([
        ['text', text],
        ['secret.key', 'hidden'],
      ]);
      expect(fillText('<{text}>', values)).toBe(`<${text}>`);
      expect(JSON.parse(JSON.stringify(fillJson({ a: ['{text}', 1, null] }, values)))).toEqual({ a: [text, 1, null] });
    }),
  );
});

test('short messages put together are the text, and none is too long', () => {
  fc.assert(
    fc.property(anyText, fc.nat(255), (text, reference) => {
      const segments = segmentsOf(text, reference);
      expect(segments.every(({ octets, dataCoding }) => octets.length <= (dataCoding === 8 ? 140 : 160))).toBe(true);
      const coding = segments[0]!.dataCoding;
      if (coding !== 8) return;
      const octets = segments.map((part) => (part.concatenated ? part.octets.subarray(6) : part.octets));
      expect(octets.map((part) => Buffer.from(part).swap16().toString('utf16le')).join('')).toBe(text.normalize('NFC'));
    }),
  );
});

test('the parts of a plain text carry their order', () => {
  const segments = segmentsOf('a'.repeat(161), 7);
  expect(segments.map(({ octets }) => [...octets.subarray(0, 6)])).toEqual([
    [5, 0, 3, 7, 2, 1],
    [5, 0, 3, 7, 2, 2],
  ]);
  expect(segments.map(({ octets }) => octets.length - 6)).toEqual([153, 8]);
});

test('Vietnamese without marks is ASCII', () => {
  const text = 'ĐƯỜNG đi Huế: ắ ằ ẳ ẵ ặ ê ơ ư ỳ ỵ ỷ ỹ ý';
  expect(withoutMarks(text)).toBe('DUONG di Hue: a a a a a e o u y y y y y');
  expect(withoutMarks(text.normalize('NFD'))).toBe(withoutMarks(text));
});
