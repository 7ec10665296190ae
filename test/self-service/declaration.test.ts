import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDeclaration } from '../../src/self-service/declaration.ts';
import type { RegisterValues } from '../../src/self-service/self-service.views.ts';
import { dayInHanoi } from '../../src/kernel/day.ts';
import { parseTypedDate } from '../../src/self-service/typed-date.ts';

const NOW = new Date('2026-11-02T03:00:00Z');
const good: RegisterValues = {
  national_id: '001 203 000 012',
  full_name: 'Đỗ  Minh Quân',
  birth_day: '25',
  birth_month: '12',
  birth_year: '2003',
  issued_day: '10',
  issued_month: '8',
  issued_year: '2021',
  phone: '0597 000 012',
};
const codes = (change: Partial<RegisterValues>) => {
  const outcome = parseDeclaration({ ...good, ...change }, NOW);
  return outcome.kind === 'parsed' ? 'parsed' : outcome.errors.map(({ code }) => code).join(' ');
};

test('a good form becomes parsed types', () => {
  const outcome = parseDeclaration(good, NOW);
  if (outcome.kind !== 'parsed') throw new Error(outcome.kind);
  const { person, phone } = outcome.declaration;
  expect(person.nationalId.reveal()).toBe('001203000012');
  expect(phone.reveal()).toBe('+84597000012');
  expect(person).toMatchObject({ fullName: 'Đỗ Minh Quân', birthDate: '2003-12-25', cardIssuedOn: '2021-08-10' });
});

test.each<[Partial<RegisterValues>, string]>([
  [{ birth_day: '', birth_month: '' }, 'parsed'],
  [{ full_name: 'K’Brông' }, 'parsed'],
  [{ full_name: 'Trần Marie-Thuý' }, 'parsed'],
  [{ national_id: '' }, 'national_id_missing'],
  [{ national_id: '12345' }, 'national_id_malformed'],
  [{ national_id: '00120300001２' }, 'parsed'],
  [{ full_name: '' }, 'full_name_missing'],
  [{ full_name: '<script>' }, 'full_name_malformed'],
  [{ full_name: 'a'.repeat(121) }, 'full_name_malformed'],
  [{ birth_day: '31', birth_month: '2' }, 'birth_date_malformed'],
  [{ birth_day: '', birth_month: '12' }, 'birth_date_malformed'],
  [{ birth_year: '03' }, 'birth_date_malformed'],
  [{ birth_year: '1799' }, 'birth_date_malformed'],
  [{ birth_year: '2027' }, 'birth_date_malformed'],
  [{ birth_day: '', birth_month: '', birth_year: '' }, 'birth_date_missing'],
  [{ birth_day: '3', birth_month: '11', birth_year: '2012' }, 'too_young'],
  [{ birth_day: '2', birth_month: '11', birth_year: '2012' }, 'parsed'],
  [{ birth_day: '', birth_month: '', birth_year: '2012' }, 'too_young'],
  [{ issued_year: '2026', issued_month: '11', issued_day: '3' }, 'card_issued_on_malformed'],
  [{ issued_day: '' }, 'card_issued_on_malformed'],
  [{ issued_day: '', issued_month: '', issued_year: '' }, 'card_issued_on_missing'],
  [{ phone: '' }, 'phone_missing'],
  [{ phone: '024 3825 1234' }, 'phone_malformed'],
  [{ phone: '1', national_id: 'x' }, 'national_id_malformed phone_malformed'],
])('%j: %s', (change, expected) => expect(codes(change)).toBe(expected));

test('no typed text throws', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const values = fc.record(
    Object.fromEntries(
      Object.keys(good).map((name) => [name, fc.oneof(text, fc.constant(good[name as keyof RegisterValues]))]),
    ),
  );
  fc.assert(fc.property(values, (typed) => void parseDeclaration(typed as unknown as RegisterValues, NOW)));
});

test('a date that was read exists and is not in the future', () => {
  const digits = fc.integer({ min: 0, max: 9999 }).map(String);
  fc.assert(
    fc.property(digits, digits, digits, (day, month, year) => {
      const typed = parseTypedDate({ day, month, year }, '2026-11-02');
      if (typed.kind !== 'date') return;
      expect(new Date(`${typed.iso}T00:00:00Z`).toISOString().slice(0, 10)).toBe(typed.iso);
      expect(typed.iso <= '2026-11-02').toBe(true);
    }),
  );
});

test('the day is that of Hà Nội', () => {
  expect(dayInHanoi(new Date('2026-11-01T17:00:00Z'))).toBe('2026-11-02');
  expect(dayInHanoi(new Date('2026-11-01T16:59:59Z'))).toBe('2026-11-01');
});
