import { actingDecision, mayActFor } from '../portals/acting.policy.ts';
import type { AccessFacts } from '../portals/portal-access.policy.ts';
import type { SignIn } from './sign-in.ts';
import type { Visit } from './visit.ts';

/**
 * What the person has to choose from, as it is now. A choice that is gone meanwhile is forgotten, so that it is made anew; the
 * one that the session holds for this portal is not asked again, unless the portal wants everything asked.
 */
export function chooseAmong(visit: Visit, access: AccessFacts): SignIn {
  const { actingChoices: _before, actingFor, ...rest } = visit.signIn;
  const { interaction } = visit;
  if (!interaction.claims.includes('organisation')) return rest;
  const session = visit.sessionProofs.length > 0 ? interaction.session?.acting : undefined;
  const asksAgain = interaction.askConsent && !rest.consentGiven;
  if (session?.kind === 'decided' && !asksAgain && actingFor === undefined) return rest;
  const isLost = session?.kind === 'undecided' && session.lost;
  const choices = mayActFor(access).map(({ subject }) => subject);
  if (choices.length === 0 && !isLost) return rest;
  const chosen = actingDecision(access, actingFor, undefined);
  const kept = actingFor === 'self' || chosen.kind === 'decided' ? actingFor : undefined;
  return { ...rest, actingChoices: choices, ...(kept !== undefined && { actingFor: kept }) };
}
