import type { OrganisationRegister } from '../../src/registry/organisation-register.ts';
import type { PopulationRegistry } from '../../src/registry/population-registry.ts';
import { parseTaxNumber } from '../../src/registry/tax-number.ts';
import type { Happening } from '../../src/sandbox/nation/happening.ts';

export interface RegisterUnderTest {
  readonly register: OrganisationRegister;
  readonly feed: Pick<PopulationRegistry, 'changesAfter'>;
  readonly happen: (happening: Happening) => Promise<void>;
}

const number = (text: string) => parseTaxNumber(text)!;
const POTTERS = '9900000011';

/** What every register of organisations must do. The ready-made organisations of the sandbox must be in it. */
export function organisationRegisterContract(name: string, open: () => RegisterUnderTest): void {
  describe(`${name} as a register of organisations`, () => {
    test('finds one by tax number, with its representatives; a dissolved one too; none is no error', async () => {
      const { register } = open();
      const found = await register.findOrganisation(number('99000000-22'));
      expect(found).toMatchObject({
        kind: 'found',
        value: { name: 'Hợp tác xã Chè Suối Ngọc', state: 'active', verified: true, foundedOn: '2016-09-02' },
      });
      const representatives = found.kind === 'found' ? found.value.representatives : [];
      expect(representatives.map((one) => one.reveal())).toEqual(['046187000010', '056195000008']);
      expect(await register.findOrganisation(number('9900000044'))).toMatchObject({ value: { state: 'dissolved' } });
      expect(await register.findOrganisation(number('9900000033'))).toMatchObject({ value: { verified: false } });
      expect(await register.findOrganisation(number('0000000000-999'))).toEqual({ kind: 'not_found' });
    });

    test('what happens to it is told in the one feed, with the record after it', async () => {
      const { register, feed, happen } = open();
      const all = await feed.changesAfter(undefined, 1000);
      const before = all.kind === 'found' ? all.value.at(-1)?.cursor : undefined;
      await happen({ kind: 'organisation_changed', tax_number: POTTERS, representatives: [] });
      await happen({ kind: 'organisation_dissolved', tax_number: POTTERS });
      const told = await feed.changesAfter(before, 10);
      expect(told).toMatchObject({
        value: [
          { kind: 'organisation_changed', organisation: { taxNumber: POTTERS, representatives: [], state: 'active' } },
          { kind: 'organisation_dissolved', organisation: { state: 'dissolved' } },
        ],
      });
      await happen({ kind: 'organisation_restored', tax_number: POTTERS });
      expect(await register.findOrganisation(number(POTTERS))).toMatchObject({ value: { state: 'active' } });
    });
  });
}
