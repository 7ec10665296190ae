import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseScanned } from '../../../src/officers/cases/card-qr.ts';
import { compareCard, differences } from '../../../src/officers/cases/compare-card.ts';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import type { Person } from '../../../src/registry/population-registry.ts';

const LINE = '001203000012|012345678|Đỗ Minh Quân|25122003|Nam|12 Phố Huế, Hai Bà Trưng, Hà Nội|10082021';
const read = (text: string) => {
  const scanned = parseScanned(text);
  return scanned.kind === 'card' ? { ...scanned.card.reveal(), number: scanned.nationalId.reveal() } : scanned.kind;
};
const QUAN = {
  number: '001203000012',
  fullName: 'Đỗ Minh Quân',
  birthDate: '2003-12-25',
  gender: 'male',
  address: '12 Phố Huế, Hai Bà Trưng, Hà Nội',
  issuedOn: '2021-08-10',
};

test.each<[string, string, object | string]>([
  ['a card of 2021', LINE, QUAN],
  ['without an old number', LINE.replace('012345678', ''), QUAN],
  ['a card of 2024, more fields in any order', `${LINE}|012345678||001203000099|Đỗ Văn Cha|Lê Thị Mẹ`, QUAN],
  ['composed otherwise, with a line end', `${LINE.normalize('NFD')}\r\n`, QUAN],
  ['born in a year alone', LINE.replace('25122003', '00002003'), { ...QUAN, birthDate: '2003' }],
  ['a number alone', '001 203 000 012', 'number'],
  ['six fields', LINE.split('|').slice(0, 6).join('|'), 'malformed'],
  ['no number', LINE.replace('001203000012', '00120300001'), 'malformed'],
  ['nothing', '', 'malformed'],
  ['a book', `${LINE}|${'x'.repeat(1000)}`, 'malformed'],
])('%s', (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('what makes no sense on the card is left out, and nothing is made up', () => {
  const strange = read('001203000012||<b>x</b>|31022003|Khác|y|99999999');
  expect(strange).toEqual({ number: QUAN.number, fullName: '<b>x</b>', address: 'y' });
});

test('any text is read or refused, and a number is only what stands first', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const scanned = parseScanned(text);
      if (scanned.kind === 'malformed') return;
      expect(scanned.nationalId.reveal()).toMatch(/^\d{12}$/);
    }),
  );
});

const field = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('|', ''));
test('seven fields and whatever follows: the first seven say the same with and without the rest', () => {
  fc.assert(
    fc.property(fc.tuple(field, field, field, field, field, field), fc.array(field, { maxLength: 6 }), (six, rest) => {
      const line = ['001203000012', ...six, 'end'].join('|');
      expect(read([line, ...rest].join('|'))).toEqual(read(line));
    }),
  );
});

const text = fc.string({ unit: fc.constantFrom(...Array.from('aăâđêôơưàảáĂĐ nH')), maxLength: 60 });
test('the pieces of a comparison put together are the texts, and equal texts have no difference', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const found = differences(a, b);
      const whole = (side: 'registry' | 'card') => found[side].map((piece) => piece.text).join('');
      expect([whole('registry'), whole('card')]).toEqual([a.normalize('NFC'), b.normalize('NFC')]);
      const kept = (side: 'registry' | 'card') =>
        found[side]
          .filter(({ differs }) => !differs)
          .map((piece) => piece.text)
          .join('')
          .toLocaleLowerCase('vi');
      expect(kept('registry')).toBe(kept('card'));
      expect(differences(a, a).card.some(({ differs }) => differs)).toBe(false);
    }),
  );
});

test('differences are marked by letter; capitals and old tone places are none', () => {
  const person = {
    nationalId: parseNationalId(QUAN.number)!,
    fullName: 'Đỗ Minh Hòa',
    birthDate: '2003-12-25',
    gender: 'male',
    nationality: 'VN',
    card: { status: 'valid', issuedOn: '2021-08-10' },
  } as const satisfies Person;
  const card = { fullName: 'ĐỖ MINH HOÀ', birthDate: '2003-12-25', gender: 'male', address: '' } as const;
  expect(compareCard(person, card).every(({ same }) => same)).toBe(true);
  const [name, birth] = compareCard(person, { ...card, fullName: 'ĐỖ MINH HOA', birthDate: '2003-12-26' });
  expect([name?.same, birth?.same]).toEqual([false, false]);
  expect(name?.pieces?.registry.filter(({ differs }) => differs).map((piece) => piece.text)).toEqual(['ò']);
  const [other] = compareCard(person, { ...card, fullName: 'ĐỖ MINH HÒNG' });
  expect(other?.pieces?.card.filter(({ differs }) => differs).map((piece) => piece.text)).toEqual(['NG']);
});
