import type { DeclaredPerson, Person } from './population-registry.ts';

// Ð and ð (U+00D0, U+00F0) and Ɖ, ɖ stand for Đ and đ in texts of old fonts. None of them splits under NFD.
const STROKED_D = /[đðɖ]/gu;
const APOSTROPHES = /[\u2018\u2019\u02BC\u02B9\u0060\u00B4\u1FFD\u2032\uFF07]/gu;
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu;

/**
 * A name as it is compared: marks and case gone, đ as d, one kind of apostrophe and dash with no blanks around them, single
 * blanks. With the marks go the old and the new placement of the tone (hoà, hòa), so that both spellings agree.
 */
export const foldName = (name: string): string =>
  name
    .replace(APOSTROPHES, "'") // an acute accent alone would become a blank below
    .normalize('NFKD')
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .toLowerCase()
    .replace(STROKED_D, 'd')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\s*(['-])\s*/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();

/**
 * Whether what a person typed is what the registry has: the same number, the name folded, the card's date of issue to the
 * day (a foreigner's residence card or passport), and the birth date as the record has it. A year alone is right only where the record has only the year.
 */
export function matchesDeclared(declared: DeclaredPerson, person: Person): boolean {
  return (
    declared.nationalId.reveal() === person.nationalId.reveal() &&
    foldName(declared.fullName) !== '' &&
    foldName(declared.fullName) === foldName(person.fullName) &&
    declared.birthDate === person.birthDate &&
    issueDaysOf(person).includes(declared.cardIssuedOn)
  );
}

const issueDaysOf = ({ card, stay }: Person): readonly (string | undefined)[] =>
  stay ? [stay.residence.issuedOn, stay.passport.issuedOn] : [card.issuedOn];
