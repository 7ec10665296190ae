import { rememberLanguage } from '../accounts/remember-language.ts';
import { record } from '../audit/record.ts';
import type { Locale } from '../http/locale.ts';
import type { Clock } from '../kernel/clock.ts';
import { missingConsent } from '../portals/consent.policy.ts';
import type { ConsentDecision } from '../portals/consent.ts';
import type { ActingFor } from '../portals/acting.policy.ts';
import { findPortalAccess } from '../portals/find-portal-access.ts';
import type { SignedIn } from '../provider/interactions.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { chooseAmong } from './acting-choices.ts';
import { signInCompleted } from './events.ts';
import { forgetStaleProofs } from './forget-stale-proofs.ts';
import type { Step } from './next-step.policy.ts';
import { claimedNow, rereadGuardianship } from './reread-guardianship.ts';
import { stepOf } from './step-of.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

export interface AdvanceDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

export type Advanced =
  | { readonly kind: 'at'; readonly step: Exclude<Step, { kind: 'finish' }>; readonly visit: Visit }
  | { readonly kind: 'signed_in'; readonly signedIn: SignedIn | undefined; readonly actingFor?: ActingFor };

/**
 * Where the visit stands after what was just shown. When all is proven, account and consent are read once more: a lock
 * placed or a password changed meanwhile still counts. Messages are written in `language` from then on. A completed sign-in is on the audit trail before anybody hears of it.
 */
export async function advance(deps: AdvanceDeps, visit: Visit, language: Locale): Promise<Advanced> {
  const step = stepOf(visit, deps.clock.now());
  if (step.kind === 'guardian') return atGuardian(deps, visit, language);
  if (step.kind !== 'finish') return { kind: 'at', step, visit };
  const { who } = visit.signIn;
  if (!who?.account) throw new Error('a visit is to finish without a person');
  const { subject } = who.account;

  const access = await findPortalAccess(deps, subject, visit.portal);
  if (!access.account) throw new Error('the account of a finished sign-in is gone');
  const standing = forgetStaleProofs(visit, access.account.credentialsChangedAt);
  const current: Visit = {
    ...standing,
    signIn: {
      ...chooseAmong(standing, access),
      who: claimedNow(who, access.account, deps.clock.now()),
      missingConsent: stillToDecide(visit, access.decisions),
    },
  };
  const finalStep = stepOf(current, deps.clock.now());
  if (finalStep.kind !== 'finish') return { kind: 'at', step: finalStep, visit: await keepVisit(deps, current) };

  await record(deps.db, signInCompleted(subject, visit.portal.portalId, finalStep.achieved), deps.clock.now());
  await rememberLanguage(deps, access.account, language);
  // Nothing new was shown: the session stays what it is, and only the consent is new.
  const isOnlyConsent = current.signIn.proofs.length === 0;
  const { actingFor } = current.signIn;
  const signedIn = isOnlyConsent ? undefined : { subject, ...finalStep.achieved };
  return { kind: 'signed_in', signedIn, ...(actingFor !== undefined && { actingFor }) };
}

/** Only a dependant's sign-in costs this: the page names the guardian of this moment. */
async function atGuardian(deps: AdvanceDeps, before: Visit, language: Locale): Promise<Advanced> {
  const visit = await rereadGuardianship(deps, before);
  const step = stepOf(visit, deps.clock.now());
  if (step.kind === 'guardian') return { kind: 'at', step, visit };
  await keepVisit(deps, visit);
  return step.kind === 'finish' ? advance(deps, visit, language) : { kind: 'at', step, visit };
}

/** With `prompt=consent` everything is asked again, once (OpenID Connect Core 3.1.2.1). */
function stillToDecide(visit: Visit, decisions: readonly ConsentDecision[]): readonly string[] {
  const { interaction, portal, signIn } = visit;
  const asksAgain = interaction.askConsent && !signIn.consentGiven;
  return missingConsent(portal, interaction.claims, asksAgain ? [] : decisions);
}
