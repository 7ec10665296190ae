import type { Personal } from '../accounts/account.ts';
import type { RegistryFacts } from '../accounts/registration-eligibility.policy.ts';
import { registryPartOf } from '../accounts/person-record.ts';
import type { Locale } from '../http/locale.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { PhoneNumber } from '../registry/phone-number.ts';
import type { Person } from '../registry/population-registry.ts';

/** What eligibility is decided from. */
export const registryFactsOf = (person: Person): RegistryFacts => ({
  birthDate: person.birthDate,
  deceased: person.deceasedOn !== undefined,
  cardStatus: person.card.status,
  ...(person.stay && { stay: person.stay }),
  phoneOnRecord: person.phone,
});

/** The account's data: as the registry has it, never as it was typed (Decree 59/2022 art. 12). */
export const newcomerOf = (person: Person, phone: PhoneNumber, language: Locale): Sealed<Personal> =>
  new Sealed({ ...registryPartOf(person), phone: phone.reveal(), language });
