import type { Personal } from '../accounts/account.ts';
import type { RegistryFacts } from '../accounts/registration-eligibility.policy.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { PhoneNumber } from '../registry/phone-number.ts';
import type { Person } from '../registry/population-registry.ts';

/** What eligibility is decided from. */
export const registryFactsOf = (person: Person): RegistryFacts => ({
  birthDate: person.birthDate,
  deceased: person.deceasedOn !== undefined,
  cardStatus: person.card.status,
  phoneOnRecord: person.phone,
});

/** The account's data: as the registry has it, never as it was typed (Decree 59/2022 art. 12). */
export const newcomerOf = (person: Person, phone: PhoneNumber): Sealed<Personal> =>
  new Sealed({
    nationalId: person.nationalId.reveal(),
    fullName: person.fullName,
    birthDate: person.birthDate,
    gender: person.gender,
    nationality: person.nationality,
    phone: phone.reveal(),
    ...(person.address && { address: person.address }),
  });
