import * as fc from 'fast-check';
import { foldName, matchesDeclared } from '../../src/registry/declared-match.policy.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import type { DeclaredPerson, Person } from '../../src/registry/population-registry.ts';
import { TEST_PEOPLE } from '../../src/sandbox/people.ts';

const number = (text: string) => parseNationalId(text)!;
const person: Person = {
  nationalId: number('048192000003'),
  fullName: 'Lê Thuý Hoà',
  birthDate: '1992-02-29',
  gender: 'female',
  nationality: 'Việt Nam',
  card: { status: 'valid', issuedOn: '2021-04-20' },
};
const declared: DeclaredPerson = {
  nationalId: number('048192000003'),
  fullName: 'Lê Thuý Hoà',
  birthDate: '1992-02-29',
  cardIssuedOn: '2021-04-20',
};

test.each([
  ['as on record', 'Lê Thuý Hoà'],
  ['new tone placement', 'Lê Thúy Hòa'],
  ['upper case', 'LÊ THUÝ HOÀ'],
  ['no marks', 'le thuy hoa'],
  ['decomposed', 'Lê Thuý Hoà'.normalize('NFD')],
  ['blanks of all sorts', '  Lê\u00A0Thuý \t Hoà '],
  ['zero-width characters', 'Lê\u200B Thuý\uFEFF Hoà'],
])('a name matches: %s', (_, fullName) => {
  expect(matchesDeclared({ ...declared, fullName }, person)).toBe(true);
});

test.each([
  ['another name', { fullName: 'Lê Thuý Hoa Mai' }],
  ['words in another order', { fullName: 'Thuý Hoà Lê' }],
  ['words run together', { fullName: 'LêThuýHoà' }],
  ['nothing', { fullName: ' ' }],
  ['another day', { birthDate: '1992-02-28' }],
  ['only the year of a whole date', { birthDate: '1992' }],
  ['another card', { cardIssuedOn: '2021-04-21' }],
  ['another number', { nationalId: number('048192000004') }],
])('no match: %s', (_, change) => {
  expect(matchesDeclared({ ...declared, ...change }, person)).toBe(false);
});

test('a year alone is right where the record has only the year, and a guessed day is not', () => {
  const yearOnly = { ...person, birthDate: '1960' };
  expect(matchesDeclared({ ...declared, birthDate: '1960' }, yearOnly)).toBe(true);
  expect(matchesDeclared({ ...declared, birthDate: '1960-01-01' }, yearOnly)).toBe(false);
});

test('without a card nobody matches, and a name that folds to nothing matches no other such name', () => {
  expect(matchesDeclared(declared, { ...person, card: { status: 'none' } })).toBe(false);
  expect(matchesDeclared({ ...declared, fullName: '\u200B' }, { ...person, fullName: '\u0301' })).toBe(false);
});

test.each([
  ['Đỗ Đình Đạt', 'do dinh dat'],
  ['Ðỗ ðình', 'do dinh'],
  ["H' Hen", "h'hen"],
  ['H’Hen', "h'hen"],
  ['Anna–Maria', 'anna-maria'],
  ['Y - Blăm', 'y-blam'],
  ['Ayŭn Hđơk', 'ayun hdok'],
  ['NGUYỄN VĂN ĐỨC', 'nguyen van duc'],
  ['H\u2057Hen', "h''''hen"],
  ['K\u1FFDBrông', "k'brong"],
])('%s folds to %s', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

const names = fc.constantFrom(...TEST_PEOPLE.map(({ citizen }) => citizen.fullName));

test('folding does not care for form, case or blanks, and folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.oneof(names, fc.string({ unit: 'grapheme' })), fc.constantFrom('NFC', 'NFD'), (name, form) => {
      const folded = foldName(name);
      return (
        foldName(name.normalize(form)) === folded && foldName(` ${name}  `) === folded && foldName(folded) === folded
      );
    }),
  );
  fc.assert(fc.property(names, (name) => foldName(name.toLocaleUpperCase('vi')) === foldName(name)));
});

const TONES = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323'];
test('a tone may stand on either vowel of oa, oe, uy', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('oa', 'oe', 'uy'),
      fc.constantFrom(...TONES),
      fc.constantFrom('h', 't', 'x'),
      (v, tone, c) => {
        const old = `${c}${v}${tone}`.normalize('NFC');
        const modern = `${c}${v[0]}${tone}${v[1]}`.normalize('NFC');
        return old !== modern && foldName(old) === foldName(modern);
      },
    ),
  );
});
