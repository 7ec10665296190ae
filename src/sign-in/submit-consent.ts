import type { SubjectId } from '../kernel/ids.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ConsentSubjectMatter } from '../portals/consent.ts';
import { decideConsent, refuseConsent } from '../portals/decide-consent.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

export interface SubmitConsentDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
}

/** What was shown comes from our own facts, never from the form: nobody can allow what they were not asked. */
export async function submitConsent(
  deps: SubmitConsentDeps,
  visit: Visit,
  subject: SubjectId,
  answer: { readonly allow: boolean; readonly ticked: readonly string[] },
): Promise<{ readonly kind: 'refused' } | { readonly kind: 'decided'; readonly visit: Visit }> {
  if (!answer.allow) {
    await refuseConsent(deps, subject, visit.portal);
    return { kind: 'refused' };
  }
  const shown = (visit.signIn.missingConsent ?? []) as readonly ConsentSubjectMatter[];
  await decideConsent(deps, subject, visit.portal, shown, answer.ticked);
  return {
    kind: 'decided',
    visit: await keepVisit(deps, { ...visit, signIn: { ...visit.signIn, missingConsent: [], consentGiven: true } }),
  };
}
