import { isToBeMade, mayEnrol, type EnrolmentDecision } from '../../accounts/enrolment-eligibility.policy.ts';
import { identifierKeyOf } from '../../accounts/account-identifier.ts';
import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Person } from '../../registry/population-registry.ts';
import { selectOffice } from '../office.store.ts';
import type { Officer } from '../officer.ts';
import { parseScanned, type CardText } from './card-qr.ts';
import { compareCard, type ComparedField } from './compare-card.ts';
import { citizenLookedUp } from './events.ts';
import { gatherFacts, type GatherDeps } from './gather-facts.ts';

/** What lies on the counter: the card, the application for one, or a foreigner's passport and residence card. */
export type Basis = 'card' | 'card_application' | 'stay';

export type LookUpOutcome =
  | {
      readonly kind: 'found';
      readonly person: Person;
      readonly fields: readonly ComparedField[];
      readonly scanned: boolean;
      readonly decision: EnrolmentDecision;
      readonly basis: Basis;
    }
  | { readonly kind: 'malformed' | 'not_found' | 'unavailable' };

/**
 * The registry's record of whoever stands at the counter, beside what their card says, and whether level 02 may be asked
 * for. Audited, whatever comes of it; the holder of an account sees it in the account's history.
 */
export async function lookUpCitizen(
  deps: GatherDeps & { readonly clock: Clock },
  officer: Officer,
  text: string,
): Promise<LookUpOutcome> {
  const scanned = parseScanned(text);
  if (scanned.kind === 'malformed') return scanned;
  const now = deps.clock.now();
  const gathered = await gatherFacts(deps, scanned.nationalId, { guardian: 'to_be_named' });
  const key = identifierKeyOf(deps.keyring, scanned.nationalId);
  const subject = gathered.kind === 'found' ? gathered.account?.subject : undefined;
  const office = await selectOffice(deps.db, officer.officeId);
  await record(deps.db, citizenLookedUp(officer, office, key, gathered.kind, subject), now);
  if (gathered.kind !== 'found') return { kind: gathered.kind };
  const basis = basisOf(gathered.person);
  const card: CardText | undefined = scanned.kind === 'card' ? scanned.card.reveal() : undefined;
  return {
    kind: 'found',
    person: gathered.person,
    fields: compareCard(gathered.person, card),
    scanned: card !== undefined,
    // What is refused without a card is taken in together with the application for one.
    decision: mayEnrol({ ...gathered.facts, cardBeingMade: basis === 'card_application' }, now),
    basis,
  };
}

function basisOf({ stay, card }: Person): Basis {
  if (stay) return 'stay';
  return isToBeMade(card.status) ? 'card_application' : 'card';
}
