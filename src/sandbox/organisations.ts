import { readFileSync } from 'node:fs';
import { cardStatus, DRAWN_ON } from './nation/citizen.ts';
import { plusDays } from './nation/calendar.ts';
import { dice } from './nation/dice.ts';
import type { Nation } from './nation/nation.ts';

/** A made-up organisation as the register has it. Numbers of representatives are those of the nation. */
export interface RegisteredOrganisation {
  readonly taxNumber: string;
  readonly name: string;
  readonly shortName?: string;
  readonly foreignName?: string;
  readonly headOffice: string;
  readonly foundedOn: string;
  readonly dissolvedOn?: string;
  readonly verified: boolean;
  readonly representatives: readonly string[];
}

/** One that stands ready in the sandbox; `account`: what it has from the start. */
export type TestOrganisation = RegisteredOrganisation & { readonly account?: 'active' };

export const TEST_ORGANISATIONS = JSON.parse(
  readFileSync(new URL('data/test-organisations.json', import.meta.url), 'utf8'),
) as readonly TestOrganisation[];

const DRAWN = 40;
const KINDS = ['Công ty cổ phần', 'Công ty trách nhiệm hữu hạn', 'Hợp tác xã', 'Hội', 'Trung tâm'] as const;
const TRADES = ['Gạo', 'Tre', 'Lụa', 'Muối', 'Cà phê', 'Thuyền', 'Mây', 'Sách', 'Mật ong', 'Gốm'] as const;
const PLACES = ['Sông Lam', 'Núi Cấm', 'Đồng Xanh', 'Bến Tre', 'Hồ Sen', 'Thung Mây', 'Biển Đông', 'Phố Núi'] as const;
const OF_AGE = '2004';

/** The register of a nation: the ready-made ones, then some drawn from the seed; every fourth has two representatives. */
export function drawOrganisations(nation: Nation, seed: number): RegisteredOrganisation[] {
  const adults = adultsOf(nation);
  const drawn = Array.from({ length: adults.length > 1 ? DRAWN : 0 }, (_, index) => {
    const roll = dice(seed, 301, index);
    const first = roll.int(adults.length);
    const second = (first + 1 + roll.int(adults.length - 1)) % adults.length;
    const founder = adults[first]!;
    const { detail, ward, province } = founder.address;
    const foundedOn = plusDays(DRAWN_ON, -roll.between(200, 9_000));
    return {
      taxNumber: `98${String(index).padStart(8, '0')}`,
      name: `${roll.pick(KINDS)} ${roll.pick(TRADES)} ${roll.pick(PLACES)} ${index + 1}`,
      headOffice: `${detail}, ${ward}, ${province}`,
      foundedOn,
      verified: !roll.chance(250),
      ...(roll.chance(100) && { dissolvedOn: plusDays(foundedOn, 180) }),
      representatives: [founder, ...(index % 4 === 0 ? [adults[second]!] : [])].map(({ nationalId }) => nationalId),
    };
  });
  return [...TEST_ORGANISATIONS, ...drawn];
}

const SEARCHED = 400;
function adultsOf(nation: Nation) {
  const count = Math.min(nation.size, SEARCHED);
  return Array.from({ length: count }, (_, index) => nation.citizen(index)).filter(
    (one) => one.birthDate < OF_AGE && one.deceasedOn === undefined && cardStatus(one, DRAWN_ON) === 'valid',
  );
}
