import type { Person } from '../../registry/population-registry.ts';
import type { ProcessingLimit } from '../holidays/working-days.policy.ts';

/** Which of the law's limits an application for level 02 has (Decree 69/2024 art. 13), by what is on record when it comes in. */
export function limitOf({ stay, card }: Pick<Person, 'stay' | 'card'>): ProcessingLimit {
  if (stay) return stay.biometricsOnRecord ? 'foreigner_known' : 'foreigner_unknown';
  return card.status === 'valid' ? 'citizen_level_02' : 'citizen_without_card';
}
