import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { answerConsent } from './consent.policy.ts';
import { insertDecisions } from './consent.store.ts';
import type { ConsentSubjectMatter } from './consent.ts';
import { consentDecided, consentRefused } from './events.ts';
import type { Portal } from './portal.ts';

interface DecideDeps {
  readonly db: Database;
  readonly clock: Clock;
}

/** Remembers what the person allowed and did not, with its audit event, before the portal hears of it. */
export async function decideConsent(
  deps: DecideDeps,
  subject: SubjectId,
  portal: Portal,
  shown: readonly ConsentSubjectMatter[],
  ticked: readonly string[],
): Promise<void> {
  const decisions = answerConsent(portal, shown, ticked);
  const named = (decision: 'allow' | 'deny') => decisions.filter((d) => d.decision === decision).map((d) => d.claim);
  const at = deps.clock.now();
  await inTransaction(deps.db, async (sql) => {
    await insertDecisions(sql, subject, portal.portalId, decisions, at);
    const event = { allowed: named('allow'), denied: named('deny'), purposeVersion: portal.purposeVersion };
    await record(sql, consentDecided(subject, portal.portalId, event), at);
  });
}

/** Notes that the person said no. A refusal is not remembered against them: the portal may ask again. */
export async function refuseConsent(deps: DecideDeps, subject: SubjectId, portal: Portal): Promise<void> {
  await record(deps.db, consentRefused(subject, portal.portalId), deps.clock.now());
}
