import { parseNationalId } from '../../src/registry/national-id.ts';
import type { DeclaredPerson, PersonChange, PopulationRegistry } from '../../src/registry/population-registry.ts';
import type { Citizen } from '../../src/sandbox/nation/citizen.ts';
import type { Happening } from '../../src/sandbox/nation/happening.ts';
import { FIXED_CITIZENS } from '../../src/sandbox/people.ts';

export interface RegistryUnderTest {
  readonly registry: PopulationRegistry;
  /** Makes something happen to a person of the population. */
  happen(happening: Happening): Promise<void>;
  close(): Promise<void>;
}

const number = (text: string) => parseNationalId(text)!;
const named = (nationalId: string): Citizen => FIXED_CITIZENS.find((citizen) => citizen.nationalId === nationalId)!;
const WITH_ALL = named('048192000003');
const YEAR_ONLY = named('086060000007');
const DEAD = named('038152000011');
const CHILD = named('048316000006');

const declare = (citizen: Citizen, change: Partial<DeclaredPerson> = {}): DeclaredPerson => ({
  nationalId: number(citizen.nationalId),
  fullName: citizen.fullName,
  birthDate: citizen.birthDate,
  cardIssuedOn: citizen.card.issuedOn!,
  ...change,
});

async function changes(registry: PopulationRegistry, after: string | undefined, limit = 100) {
  const answer = await registry.changesAfter(after, limit);
  if (answer.kind !== 'found') throw new Error(answer.kind);
  return answer.value.filter((change): change is PersonChange => 'person' in change);
}

/** What every population registry must do, whatever stands behind it. The fixed people of the sandbox must be in it. */
export function populationRegistryContract(name: string, open: () => Promise<RegistryUnderTest>): void {
  describe(`${name} as a population registry`, () => {
    let tested: RegistryUnderTest;
    beforeAll(async () => {
      tested = await open();
    });
    afterAll(async () => tested.close());

    test('finds a person by number, with the whole record', async () => {
      expect(await tested.registry.findPerson(number(WITH_ALL.nationalId))).toMatchObject({
        kind: 'found',
        value: {
          fullName: 'Lê Thuý Hoà',
          birthDate: '1992-02-29',
          gender: 'female',
          nationality: 'Việt Nam',
          address: WITH_ALL.address,
          card: { status: 'valid', issuedOn: '2021-04-20', expiresOn: '2032-02-29' },
          phone: WITH_ALL.phone,
        },
      });
    });

    test('tells deaths, guardians and birth years as they are on record', async () => {
      const dead = await tested.registry.findPerson(number(DEAD.nationalId));
      expect(dead).toMatchObject({ value: { deceasedOn: '2025-11-03', card: { status: 'withdrawn' } } });
      const child = await tested.registry.findPerson(number(CHILD.nationalId));
      expect(child.kind === 'found' && child.value.guardian?.reveal()).toBe(WITH_ALL.nationalId);
      expect(await tested.registry.findPerson(number(YEAR_ONLY.nationalId))).toMatchObject({
        value: { birthDate: '1960' },
      });
    });

    test('tells whom a guardian has in care, as it is now', async () => {
      const inCareOf = async (guardian: string) => {
        const answer = await tested.registry.findDependants(number(guardian));
        if (answer.kind !== 'found') throw new Error(answer.kind);
        return answer.value.map(({ nationalId }) => nationalId.reveal());
      };
      expect(await inCareOf(WITH_ALL.nationalId)).toContain(CHILD.nationalId);
      expect(await inCareOf(DEAD.nationalId)).toEqual([]);
      const { nationalId: national_id } = CHILD;
      await tested.happen({ kind: 'guardian_changed', national_id, guardian: YEAR_ONLY.nationalId, ward: true });
      expect(await inCareOf(WITH_ALL.nationalId)).toEqual([]);
      expect(await inCareOf(YEAR_ONLY.nationalId)).toEqual([national_id]);
      const child = await tested.registry.findPerson(number(national_id));
      expect(child).toMatchObject({ value: { ward: true } });
    });

    test('has nobody under a number that was never given', async () => {
      expect(await tested.registry.findPerson(number('999999999999'))).toEqual({ kind: 'not_found' });
    });

    test('matches declared data with marks, case and tone placement folded', async () => {
      const found = await tested.registry.findMatching(declare(WITH_ALL, { fullName: 'LE THÚY HÒA' }));
      expect(found).toMatchObject({ kind: 'found', value: { fullName: 'Lê Thuý Hoà' } });
      expect((await tested.registry.findMatching(declare(YEAR_ONLY))).kind).toBe('found');
    });

    test.each<[string, Partial<DeclaredPerson>]>([
      ['name', { fullName: 'Lê Thuý' }],
      ['birth date', { birthDate: '1992' }],
      ['card', { cardIssuedOn: '2021-04-19' }],
      ['number', { nationalId: number('999999999999') }],
    ])('a wrong %s is not found, like everything that is not there', async (_, wrong) => {
      expect(await tested.registry.findMatching(declare(WITH_ALL, wrong))).toEqual({ kind: 'not_found' });
    });

    test('tells changes in order, from any cursor, at most as many as asked', async () => {
      const before = (await changes(tested.registry, undefined)).at(-1)?.cursor;
      await tested.happen({ kind: 'card_withdrawn', national_id: '022070000017', held: true });
      await tested.happen({ kind: 'name_corrected', national_id: '022070000017', full_name: 'Mai Đức Thắng Lợi' });
      await tested.happen({ kind: 'death', national_id: '022070000017' });
      const told = await changes(tested.registry, before);
      expect(told.map(({ kind }) => kind)).toEqual(['card_withdrawn', 'name_corrected', 'death']);
      expect(told[1]).toMatchObject({ person: { fullName: 'Mai Đức Thắng Lợi' } });
      expect(told[0]?.nationalId.reveal()).toBe('022070000017');
      const page = await changes(tested.registry, before, 1);
      expect(page.map(({ cursor }) => cursor)).toEqual([told[0]?.cursor]);
      expect((await changes(tested.registry, page[0]?.cursor)).length).toBe(2);
      expect(await changes(tested.registry, told.at(-1)?.cursor)).toEqual([]);
    });

    test('a re-established number answers under the new number only', async () => {
      const before = (await changes(tested.registry, undefined)).at(-1)?.cursor;
      await tested.happen({ kind: 'number_reestablished', national_id: '066204000014' });
      const [change] = (await changes(tested.registry, before)) as [PersonChange];
      const renewed = change.newNationalId!;
      expect(change.nationalId.reveal()).toBe('066204000014');
      expect(change.person.nationalId.reveal()).toBe(renewed.reveal());
      expect(await tested.registry.findPerson(number('066204000014'))).toEqual({ kind: 'not_found' });
      expect(await tested.registry.findPerson(renewed)).toMatchObject({ value: { fullName: 'Y Wơn Niê Kdăm' } });
    });
  });
}
