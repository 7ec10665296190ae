import type { Person } from '../registry/population-registry.ts';
import type { Personal } from './account.ts';

export type RegistryPart = Pick<
  Personal,
  'nationalId' | 'fullName' | 'birthDate' | 'gender' | 'nationality' | 'address' | 'stay'
>;

/** The part of an account's data that the registry answers for: as it has them, never as they were typed (Decree 59/2022 art. 12). */
export const registryPartOf = (person: Person): RegistryPart => ({
  nationalId: person.nationalId.reveal(),
  fullName: person.fullName,
  birthDate: person.birthDate,
  gender: person.gender,
  nationality: person.nationality,
  ...(person.address && { address: person.address }),
  ...(person.stay && { stay: person.stay }),
});
