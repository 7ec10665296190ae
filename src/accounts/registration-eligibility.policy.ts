import type { Stay } from '../registry/population-registry.ts';
import { dayInHanoi } from '../kernel/day.ts';
import { isOldEnough } from './entitlement.policy.ts';
import { lapsedPapers, type StayGround } from './stay.policy.ts';

export interface RegistryFacts {
  readonly birthDate: string;
  readonly deceased: boolean;
  readonly cardStatus: 'valid' | 'expired' | 'withdrawn' | 'held' | 'none';
  /** Of a foreigner, who has no identity card. */
  readonly stay?: Stay;
  /** The phone that the registry has as the person's own, E.164. */
  readonly phoneOnRecord: string | undefined;
}

type RefusedBecause = 'deceased' | 'too_young' | 'card_not_valid' | StayGround | 'phone_not_on_record';

export type Eligibility = { readonly kind: 'eligible' } | { readonly kind: 'refused'; readonly reason: RefusedBecause };

/** Whether this person, citizen or foreigner, may register at level 01 with this phone (E.164) on this day (Decree 69/2024 art. 7). The reason is for the audit, never for the page. */
export function mayRegister(facts: RegistryFacts, phone: string, today: Date): Eligibility {
  if (facts.deceased) return { kind: 'refused', reason: 'deceased' };
  if (!isOldEnough(facts.birthDate, today)) return { kind: 'refused', reason: 'too_young' };
  const [lapsed] = facts.stay ? lapsedPapers(facts.stay, dayInHanoi(today)) : [];
  if (lapsed) return { kind: 'refused', reason: lapsed };
  if (!facts.stay && facts.cardStatus !== 'valid') return { kind: 'refused', reason: 'card_not_valid' };
  // Decree 69/2024 art. 10: the number is registered in the person's own name.
  if (facts.phoneOnRecord !== phone) return { kind: 'refused', reason: 'phone_not_on_record' };
  return { kind: 'eligible' };
}
