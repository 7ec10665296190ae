import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Clock } from '../kernel/clock.ts';
import { mayActFor, type ActingFor } from '../portals/acting.policy.ts';
import type { ConsentSubjectMatter } from '../portals/consent.ts';
import { decideConsent, refuseConsent } from '../portals/decide-consent.ts';
import { findPortalAccess } from '../portals/find-portal-access.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { actingChosen } from './events.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

export interface SubmitConsentDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Keyring;
}

export interface ConsentAnswer {
  readonly allow: boolean;
  readonly ticked: readonly string[];
  /** `self`, or the tax number of an organisation; as it was sent. */
  readonly actingFor: string;
}

export type SubmitConsentOutcome =
  | { readonly kind: 'refused' }
  | { readonly kind: 'decided'; readonly visit: Visit }
  /** For whom the person acts was not said, or they may not act for it. Nothing was decided. */
  | { readonly kind: 'acting_for_missing' };

/** What was shown comes from our own facts, never from the form: nobody can allow what they were not asked. */
export async function submitConsent(
  deps: SubmitConsentDeps,
  visit: Visit,
  subject: SubjectId,
  answer: ConsentAnswer,
): Promise<SubmitConsentOutcome> {
  if (!answer.allow) {
    await refuseConsent(deps, subject, visit.portal);
    return { kind: 'refused' };
  }
  const actingFor = visit.signIn.actingChoices && (await chosenOf(deps, visit, subject, answer.actingFor));
  if (visit.signIn.actingChoices && actingFor === undefined) return { kind: 'acting_for_missing' };
  const shown = (visit.signIn.missingConsent ?? []) as readonly ConsentSubjectMatter[];
  if (shown.length > 0) await decideConsent(deps, subject, visit.portal, shown, answer.ticked);
  if (actingFor !== undefined) {
    await record(deps.db, actingChosen(subject, visit.portal.portalId, actingFor), deps.clock.now());
  }
  const signIn = { ...visit.signIn, missingConsent: [], consentGiven: true } as const;
  return {
    kind: 'decided',
    visit: await keepVisit(deps, { ...visit, signIn: { ...signIn, ...(actingFor !== undefined && { actingFor }) } }),
  };
}

/** Among the organisations that are the person's to act for at this moment, whatever the page offered. */
async function chosenOf(
  deps: SubmitConsentDeps,
  visit: Visit,
  subject: SubjectId,
  typed: string,
): Promise<ActingFor | undefined> {
  if (typed === 'self') return 'self';
  const candidates = mayActFor(await findPortalAccess(deps, subject, visit.portal));
  return candidates.find(({ record: one }) => one.reveal().taxNumber === typed)?.subject;
}
