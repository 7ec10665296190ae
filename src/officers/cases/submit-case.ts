import type { CounterChecks } from '../../accounts/evidence.ts';
import { mayEnrol, type EnrolmentRefusal } from '../../accounts/enrolment-eligibility.policy.ts';
import { registryPartOf } from '../../accounts/person-record.ts';
import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { randomId } from '../../kernel/random.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { NationalId } from '../../registry/national-id.ts';
import type { PhoneNumber } from '../../registry/phone-number.ts';
import type { Person } from '../../registry/population-registry.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import { dueTime } from '../holidays/due-time.ts';
import type { Officer } from '../officer.ts';
import type { CardText } from './card-qr.ts';
import { limitOf } from './case-limit.policy.ts';
import { compareCard } from './compare-card.ts';
import { insertCase } from './enrolment-case.store.ts';
import type { CaseDetail, CaseId } from './enrolment-case.ts';
import { caseSubmitted } from './events.ts';
import type { GuardianAlong } from './guardian-along.ts';
import { gatherFacts, type GatherDeps } from './gather-facts.ts';

export type SubmitDeps = GatherDeps & { readonly db: Database; readonly clock: Clock };

/** What the counter officer took down, every field of it there. */
export interface Application {
  readonly nationalId: NationalId;
  readonly card: Sealed<CardText> | undefined;
  /** Of a dependant there is none: the guardian's is used. */
  readonly phone: PhoneNumber | undefined;
  /** Who came along, and was seen. */
  readonly guardian?: NationalId;
  readonly email: Sealed<string> | undefined;
  readonly checks: Sealed<Pick<CounterChecks, 'faceMatch' | 'fingerprintMatch' | 'formNumber' | 'cardApplication'>>;
}

export type SubmitOutcome =
  | { readonly kind: 'submitted'; readonly caseId: CaseId; readonly caseNumber: number; readonly dueAt: Date }
  | { readonly kind: 'refused'; readonly reasons: readonly EnrolmentRefusal[] }
  | { readonly kind: 'not_found' | 'unavailable' };

/**
 * Opens a case at the officer's own office: what the registry says is asked anew, nothing is believed from the page. The
 * due time is the law's for who applies (Decree 69/2024 art. 13). Of two submissions at once one is refused.
 */
export async function submitCase(deps: SubmitDeps, officer: Officer, asked: Application): Promise<SubmitOutcome> {
  const gathered = await gatherFacts(deps, asked.nationalId, asked);
  if (gathered.kind !== 'found') return gathered;
  const at = deps.clock.now();
  const cardBeingMade = asked.checks.reveal().cardApplication !== undefined;
  const decision = mayEnrol({ ...gathered.facts, cardBeingMade }, at);
  if (decision.kind === 'refused') return decision;
  const { account, person } = gathered;
  const along = decision.withGuardian ? gathered.along : undefined;
  const detail = detailOf(person, asked, along);
  return inTransaction(deps.db, async (sql) => {
    const one = {
      caseId: randomId() as CaseId,
      officeId: officer.officeId,
      change: decision.change,
      ...(account && { subject: account.subject }),
      detail,
      submittedBy: officer.officerId,
      submittedAt: at,
      dueAt: await dueTime(sql, at, limitOf(person)),
      touchedBy: [officer.officerId],
    };
    const caseNumber = await insertCase(sql, deps.keyring, one);
    if (caseNumber === 'case_open') return { kind: 'refused', reasons: ['case_open'] };
    await record(sql, caseSubmitted(officer, { ...one, caseNumber }, decision.change), at);
    return { kind: 'submitted', caseId: one.caseId, caseNumber, dueAt: one.dueAt };
  });
}

function detailOf(
  person: Person,
  { card, checks, phone, email }: Application,
  guardian: GuardianAlong | undefined,
): Sealed<CaseDetail> {
  const said = checks.reveal();
  const differences = compareCard(person, card?.reveal()).filter(({ same }) => !same);
  return new Sealed({
    personal: {
      ...registryPartOf(person),
      ...(phone && !guardian && { phone: phone.reveal() }),
      ...(email && { email: email.reveal() }),
    },
    ...(guardian && { guardian }),
    checks: {
      ...said,
      ...(guardian && { guardian: guardian.subject }),
      cardSeen: said.cardApplication === undefined,
      consent: true,
      ...(person.card.issuedOn && { cardIssuedOn: person.card.issuedOn }),
      ...(person.stay && { stay: person.stay }),
      differences: differences.map(({ name }) => name),
    },
  });
}
