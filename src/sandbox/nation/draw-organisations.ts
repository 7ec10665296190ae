import { plusDays } from './calendar.ts';
import { cardStatus, DRAWN_ON } from './citizen.ts';
import { dice } from './dice.ts';
import type { Nation } from './nation.ts';
import type { RegisteredOrganisation } from './registered-organisation.ts';

const DRAWN = 40;
const KINDS = ['Công ty cổ phần', 'Công ty trách nhiệm hữu hạn', 'Hợp tác xã', 'Hội', 'Trung tâm'] as const;
const TRADES = ['Gạo', 'Tre', 'Lụa', 'Muối', 'Cà phê', 'Thuyền', 'Mây', 'Sách', 'Mật ong', 'Gốm'] as const;
const PLACES = ['Sông Lam', 'Núi Cấm', 'Đồng Xanh', 'Bến Tre', 'Hồ Sen', 'Thung Mây', 'Biển Đông', 'Phố Núi'] as const;
const OF_AGE = '2004';

/** The register of a nation: the `fixed` ones, then some drawn from the seed; every fourth has two representatives. */
export function drawOrganisations(
  nation: Nation,
  seed: number,
  fixed: readonly RegisteredOrganisation[],
): RegisteredOrganisation[] {
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
  return [...fixed, ...drawn];
}

const SEARCHED = 400;
function adultsOf(nation: Nation) {
  const count = Math.min(nation.size, SEARCHED);
  return Array.from({ length: count }, (_, index) => nation.citizen(index)).filter(
    (one) => one.birthDate < OF_AGE && one.deceasedOn === undefined && cardStatus(one, DRAWN_ON) === 'valid',
  );
}
