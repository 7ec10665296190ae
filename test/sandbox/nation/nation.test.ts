import * as fc from 'fast-check';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import { parsePhoneNumber } from '../../../src/registry/phone-number.ts';
import { cardStatus, DRAWN_ON, type Citizen } from '../../../src/sandbox/nation/citizen.ts';
import { createNation, DEFAULT_SEED, MOST_PEOPLE } from '../../../src/sandbox/nation/nation.ts';
import { permutation, MILLION } from '../../../src/sandbox/nation/permutation.ts';
import { FIXED_CITIZENS, FIXED_PEOPLE } from '../../../src/sandbox/people.ts';

const nation = createNation({ people: 10_000, seed: DEFAULT_SEED, fixed: FIXED_CITIZENS });
const everyone: Citizen[] = Array.from({ length: nation.size }, (_, index) => nation.citizen(index));
const count = (has: (citizen: Citizen) => unknown): number =>
  everyone.filter((citizen) => Boolean(has(citizen))).length;
const wordsOf = ({ fullName }: Citizen): number => fullName.split(' ').length;

test('the nation of a seed is always the same, and another seed makes another', () => {
  const again = createNation({ people: 10_000, seed: DEFAULT_SEED, fixed: FIXED_CITIZENS });
  const other = createNation({ people: 10_000, seed: DEFAULT_SEED + 1, fixed: FIXED_CITIZENS });
  for (const index of [0, 17, 18, 4711, 9999]) expect(again.citizen(index)).toEqual(nation.citizen(index));
  expect(other.citizen(4711)).not.toEqual(nation.citizen(4711));
});

test('a person does not depend on how many others there are', () => {
  const larger = createNation({ people: 20_000, seed: DEFAULT_SEED, fixed: FIXED_CITIZENS });
  expect(larger.citizen(5000)).toEqual(nation.citizen(5000));
});

test('numbers and telephones are well-formed and unique', () => {
  expect(new Set(everyone.map(({ nationalId }) => nationalId)).size).toBe(10_000);
  const phones = everyone.flatMap(({ phone }) => phone ?? []);
  expect(new Set(phones).size).toBe(phones.length);
  const isWellFormed = ({ nationalId, birthDate, gender, phone }: Citizen): boolean => {
    const year = Number(birthDate.slice(0, 4));
    const century = String((year >= 2000 ? 2 : 0) + (gender === 'female' ? 1 : 0));
    return (
      parseNationalId(nationalId) !== undefined &&
      nationalId.slice(3, 6) === century + String(year % 100).padStart(2, '0') &&
      (phone === undefined || parsePhoneNumber(phone)?.reveal() === phone)
    );
  };
  expect(everyone.filter((citizen) => !isWellFormed(citizen))).toEqual([]);
});

test('everybody is found by number, guardians included, and nobody by a number that is not theirs', () => {
  const isFound = (citizen: Citizen): boolean =>
    JSON.stringify(nation.find(citizen.nationalId)) === JSON.stringify(citizen) &&
    (citizen.guardian === undefined || nation.find(citizen.guardian)?.nationalId === citizen.guardian);
  expect(everyone.filter((citizen) => !isFound(citizen))).toEqual([]);
  fc.assert(
    fc.property(fc.stringMatching(/^\d{12}$/), (text) => {
      const found = nation.find(text);
      return found === undefined || found.nationalId === text;
    }),
  );
  for (const odd of ['', 'x', '00119000000', '0011900000011', '00119000000١']) expect(nation.find(odd)).toBeUndefined();
});

test('there are people of every kind', () => {
  expect(count(({ nationalId }) => /^(1[0-9]{2}|2[0-9]{2}|000)/.test(nationalId))).toBeGreaterThan(50);
  expect(count(({ birthDate }) => birthDate.length === 4)).toBeGreaterThan(50);
  expect(count(({ deceasedOn }) => deceasedOn)).toBeGreaterThan(50);
  expect(count(({ guardian }) => guardian)).toBeGreaterThan(1000);
  const statuses = Map.groupBy(everyone, (citizen) => cardStatus(citizen, DRAWN_ON));
  for (const status of ['valid', 'expired', 'withdrawn', 'held', 'none'] as const) {
    expect(statuses.get(status)?.length).toBeGreaterThan(10);
  }
  expect(Math.min(...everyone.map(wordsOf))).toBe(1);
  expect(Math.max(...everyone.map(wordsOf))).toBe(9);
  for (const part of [/^K['’]/, /^Y /, /^H['’]/, /-/, /'/, /Đ|đ/, /oà/, /òa/, /uý/, /úy/]) {
    expect(count(({ fullName }) => part.test(fullName))).toBeGreaterThan(0);
  }
  expect(everyone.every(({ fullName }) => fullName === fullName.normalize('NFC'))).toBe(true);
});

test('nothing happens after the nation was drawn, or before a birth', () => {
  const isInOrder = ({ birthDate, card, deceasedOn }: Citizen): boolean =>
    birthDate <= DRAWN_ON &&
    (card.issuedOn === undefined || (birthDate < card.issuedOn && card.issuedOn <= DRAWN_ON)) &&
    (card.expiresOn === undefined || card.expiresOn > card.issuedOn!) &&
    (deceasedOn === undefined || (birthDate <= deceasedOn && deceasedOn <= DRAWN_ON));
  expect(everyone.filter((citizen) => !isInOrder(citizen))).toEqual([]);
});

test('people of one household live at one address', () => {
  const homes = Map.groupBy(everyone.slice(FIXED_CITIZENS.length), ({ household }) => household);
  expect([...homes.values()].every((home) => new Set(home.map(({ address }) => address.detail)).size === 1)).toBe(true);
  expect([...homes.values()].filter((home) => home.length > 3).length).toBeGreaterThan(500);
});

test('a million people start at once and the last of them is found', () => {
  const started = performance.now();
  const million = createNation({ people: MOST_PEOPLE, seed: 7, fixed: FIXED_CITIZENS });
  const last = million.citizen(MOST_PEOPLE - 1);
  expect(million.find(last.nationalId)).toEqual(last);
  expect(performance.now() - started).toBeLessThan(500);
  expect(() => million.citizen(MOST_PEOPLE)).toThrow('no such place');
  expect(() => createNation({ people: MOST_PEOPLE + 1, seed: 7, fixed: [] })).toThrow('a nation has');
});

test('fixed people keep their numbers even where a drawn person would have had their six digits', () => {
  const million = createNation({ people: MOST_PEOPLE, seed: 7, fixed: FIXED_CITIZENS });
  const digits = new Set<string>();
  for (let index = 0; index < MOST_PEOPLE; index += 1) {
    if (index % 200 === 0 || index > MOST_PEOPLE - 100) digits.add(million.citizen(index).nationalId.slice(6));
  }
  expect(digits.size).toBe(5_000 + 99);
  for (const citizen of FIXED_CITIZENS) expect(million.find(citizen.nationalId)).toBe(citizen);
});

test('a spare number belongs to nobody', () => {
  const spare = [0, 1, 2, 3].map((turn) => nation.spareNumber('001190000001', turn));
  expect(new Set(spare).size).toBe(4);
  for (const number of spare) {
    expect(number).toMatch(/^001190\d{6}$/);
    expect(nation.find(number)).toBeUndefined();
  }
});

test('a permutation gives each of a million numbers once, and finds it again', () => {
  const shuffle = permutation(1, 2);
  const seen = new Set<number>();
  for (let index = 0; index < 50_000; index += 1) seen.add(shuffle.at(index * 20));
  expect(seen.size).toBe(50_000);
  fc.assert(fc.property(fc.nat(MILLION - 1), (index) => shuffle.indexOf(shuffle.at(index)) === index));
});

test('foreigners are a few, found by number, with papers, and change nobody else', () => {
  const some = createNation({ people: 60_000, seed: DEFAULT_SEED, fixed: FIXED_PEOPLE });
  expect(some.citizen(5000)).toEqual(nation.citizen(5000));
  const foreigners = Array.from({ length: some.foreigners }, (_, index) => some.foreigner(index));
  expect(foreigners.length).toBe(300);
  expect(foreigners.filter((one) => JSON.stringify(some.find(one.nationalId)) !== JSON.stringify(one))).toEqual([]);
  const isInOrder = ({ birthDate, card, stay, nationality, fullName }: Citizen): boolean =>
    card.issuedOn === undefined &&
    nationality !== 'Việt Nam' &&
    /^[A-Z' -]+$/.test(fullName) &&
    [stay!.passport, stay!.residence].every(
      ({ issuedOn, expiresOn }) => birthDate < issuedOn && issuedOn <= DRAWN_ON && issuedOn < (expiresOn ?? '9'),
    );
  expect(foreigners.filter((one) => !isInOrder(one))).toEqual([]);
  expect(foreigners.some(({ stay }) => stay!.passport.expiresOn < DRAWN_ON)).toBe(true);
  expect(foreigners.some(({ stay }) => stay!.biometricsOnRecord)).toBe(true);
  expect(foreigners.some(({ stay }) => !stay!.biometricsOnRecord)).toBe(true);
  for (const one of FIXED_PEOPLE) expect(some.find(one.nationalId)).toBe(one);
  expect(nation.find(foreigners.at(-1)!.nationalId)).toBeUndefined();
});
