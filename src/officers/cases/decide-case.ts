import { mayEnrol, type EnrolmentRefusal } from '../../accounts/enrolment-eligibility.policy.ts';
import { grantEnrolment } from '../../accounts/grant-enrolment.ts';
import { registryPartOf } from '../../accounts/person-record.ts';
import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { parseNationalId } from '../../registry/national-id.ts';
import { parsePhoneNumber } from '../../registry/phone-number.ts';
import { enqueueJob } from '../../storage/jobs/enqueue-job.ts';
import { inTransaction, type Database, type Sql } from '../../storage/postgres.ts';
import { selectOfficePath } from '../office.store.ts';
import type { Reach } from '../officer-permissions.policy.ts';
import { actorOf, type Officer } from '../officer.ts';
import { mayDecide, type RefusalCode } from './case-decision.policy.ts';
import { selectCase, updateCaseDecided } from './enrolment-case.store.ts';
import type { CaseId, EnrolmentCase } from './enrolment-case.ts';
import { caseDecisionRefused, caseGranted, caseRefused } from './events.ts';
import { gatherFacts, type GatherDeps, type Gathered } from './gather-facts.ts';
import { TELL_OF_REFUSED_CASE } from './tell-of-refused-case.ts';

export type DecideDeps = GatherDeps & { readonly db: Database; readonly clock: Clock };

export type Verdict =
  { readonly kind: 'grant' } | { readonly kind: 'refuse'; readonly code: RefusalCode; readonly reason: Sealed<string> };

export type DecideOutcome =
  | { readonly kind: 'granted' }
  | { readonly kind: 'refused' }
  /** The case cannot be granted any more: what was true at the counter is not now. It stays open, to be refused. */
  | { readonly kind: 'not_eligible'; readonly reasons: readonly EnrolmentRefusal[] }
  | { readonly kind: 'no_case' | 'out_of_reach' | 'touched' | 'already_decided' | 'unavailable' };

type Deciding = { readonly officer: Officer; readonly reach: Reach };

/**
 * An approver's word on a case, once: the row is held while four eyes and eligibility are asked again, and grant, evidence,
 * invitation and audit stand or fall together. Tries at what one may not are recorded.
 */
export async function decideCase(
  deps: DecideDeps,
  by: Deciding,
  caseId: CaseId,
  verdict: Verdict,
): Promise<DecideOutcome> {
  const gathered = verdict.kind === 'grant' ? await gatherFor(deps, caseId) : undefined;
  return inTransaction(deps.db, async (sql) => {
    const at = deps.clock.now();
    const one = await selectCase(sql, deps.keyring, caseId, { lock: true });
    if (!one) return { kind: 'no_case' };
    const { officer, reach } = by;
    const officePath = await selectOfficePath(sql, one.officeId);
    const decision = mayDecide({ ...one, officePath, officer: { ...officer, reach } });
    if (decision.kind !== 'may_decide') {
      await record(sql, caseDecisionRefused(officer, one, decision.kind), at);
      return decision;
    }
    if (verdict.kind === 'refuse') return refuse(deps, sql, officer, one, verdict);
    return grant(deps, sql, officer, one, gathered ?? { kind: 'unavailable' });
  });
}

/** The facts of today; the registry is asked before the row is held. */
async function gatherFor(deps: DecideDeps, caseId: CaseId): Promise<Gathered> {
  const one = await selectCase(deps.db, deps.keyring, caseId);
  const { personal, guardian } = one?.detail.reveal() ?? {};
  const nationalId = parseNationalId(personal?.nationalId ?? '');
  const phone = parsePhoneNumber(personal?.phone ?? '');
  const along = parseNationalId(guardian?.nationalId ?? '');
  if (!nationalId || (!phone && !along)) return { kind: 'not_found' };
  return gatherFacts(deps, nationalId, { phone, guardian: along, except: caseId });
}

async function refuse(
  deps: DecideDeps,
  sql: Sql,
  officer: Officer,
  one: EnrolmentCase,
  { code, reason }: Extract<Verdict, { kind: 'refuse' }>,
): Promise<DecideOutcome> {
  const at = deps.clock.now();
  const detail = new Sealed({ ...one.detail.reveal(), refusal: { code, reason: reason.reveal() } });
  await updateCaseDecided(sql, deps.keyring, one, { state: 'refused', detail, by: officer.officerId, at });
  await record(sql, caseRefused(officer, one, code), at);
  await enqueueJob(sql, {
    task: TELL_OF_REFUSED_CASE,
    payload: { case: one.caseId },
    key: `case_refused:${one.caseId}`,
  });
  return { kind: 'refused' };
}

async function grant(
  deps: DecideDeps,
  sql: Sql,
  officer: Officer,
  one: EnrolmentCase,
  gathered: Gathered,
): Promise<DecideOutcome> {
  if (gathered.kind === 'unavailable') return gathered;
  const at = deps.clock.now();
  const reasons = gathered.kind === 'found' ? reasonsAgainst(gathered, one, at) : (['account_ended'] as const);
  if (gathered.kind !== 'found' || reasons.length > 0) return notEligible(sql, officer, one, reasons, at);
  const { personal, checks } = one.detail.reveal();
  const outcome = await grantEnrolment(deps, sql, {
    ...(one.subject && { subject: one.subject }),
    // As the registry has them on the day of the grant.
    personal: new Sealed({ ...personal, ...registryPartOf(gathered.person) }),
    evidence: {
      kind: 'counter_enrolment',
      caseId: one.caseId,
      officeId: one.officeId,
      recordedBy: one.submittedBy,
      approvedBy: officer.officerId,
      checks: new Sealed(checks),
    },
    ...(gathered.along && { guardian: { subject: gathered.along.subject, ward: gathered.facts.ward ?? false } }),
    actor: actorOf(officer),
  });
  if (outcome.kind === 'taken') return notEligible(sql, officer, one, ['phone_taken'], at);
  if (outcome.kind !== 'granted') throw new Error('the lifecycle table has no row for this grant');
  const { subject } = outcome;
  const decided = { state: 'granted', subject, detail: one.detail, by: officer.officerId, at } as const;
  await updateCaseDecided(sql, deps.keyring, one, decided);
  await record(sql, caseGranted(officer, { ...one, subject }), at);
  return { kind: 'granted' };
}

/** An account that came or went since the counter also changes what was asked for. */
function reasonsAgainst(
  { facts }: Extract<Gathered, { kind: 'found' }>,
  one: EnrolmentCase,
  now: Date,
): readonly EnrolmentRefusal[] {
  const decision = mayEnrol(facts, now);
  if (decision.kind === 'refused') return decision.reasons;
  if (decision.change === one.change) return [];
  return [one.change === 'grant' ? 'account_exists_now' : 'account_ended'];
}

async function notEligible(
  sql: Sql,
  officer: Officer,
  one: EnrolmentCase,
  reasons: readonly EnrolmentRefusal[],
  at: Date,
): Promise<DecideOutcome> {
  await record(sql, caseDecisionRefused(officer, one, 'not_eligible'), at);
  return { kind: 'not_eligible', reasons };
}
