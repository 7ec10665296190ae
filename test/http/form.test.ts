import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseForm } from '../../src/http/form.ts';
import { RequestError } from '../../src/http/request-error.ts';

const known = new Set(['name', 'code', 'csrf']);
const printable = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => text.isWellFormed());

test('what a browser writes is read back', () => {
  fc.assert(
    fc.property(fc.record({ name: printable, code: printable }), (fields) => {
      const form = parseForm(new URLSearchParams(fields).toString(), known);
      return form.get('name') === fields.name && form.get('code') === fields.code;
    }),
  );
});

test('anything else is a form or a refusal, never another error and never an undeclared field', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('%', '%00', '&', '=', 'name', '[', ']', '__proto__', '+', '%C3%A9'),
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (body) => {
        try {
          return [...parseForm(body, known).keys()].every((name) => known.has(name));
        } catch (error) {
          return error instanceof RequestError;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('an empty form is empty', () => {
  expect(parseForm('', known).size).toBe(0);
});
