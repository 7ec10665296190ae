import { decidedBy, isRemembered, withFollowers, type ClaimName } from './claim.ts';
import type { ConsentDecision, ConsentSubjectMatter } from './consent.ts';
import type { Portal } from './portal.ts';

type PortalTerms = Pick<Portal, 'claims' | 'purposeVersion' | 'firstParty'>;

/** Cuts what a portal asks down to what was agreed with it. */
export const claimsInScopeOf = (portal: PortalTerms, asked: readonly ClaimName[]): ClaimName[] =>
  asked.filter((name) => portal.claims.some((claim) => claim.name === decidedBy(name)));

const decided = (portal: PortalTerms, decisions: readonly ConsentDecision[], claim: ConsentSubjectMatter) =>
  decisions.find((d) => d.claim === claim && d.purposeVersion === portal.purposeVersion)?.decision;

const isRequired = (portal: PortalTerms, claim: ConsentSubjectMatter) =>
  claim === 'sub' || portal.claims.some((c) => c.name === claim && c.required);

/**
 * What the person still has to decide before the portal may have an answer: everything undecided for this purpose, and
 * what it cannot do without but was denied (Law 91/2025 art. 9: specific, per purpose, silence is not consent).
 */
export function missingConsent(
  portal: PortalTerms,
  asked: readonly ClaimName[],
  decisions: readonly ConsentDecision[],
): ConsentSubjectMatter[] {
  if (portal.firstParty) return [];
  const matters = new Set<ConsentSubjectMatter>([
    'sub',
    ...claimsInScopeOf(portal, asked).filter(isRemembered).map(decidedBy),
  ]);
  return [...matters].filter((claim) => {
    const decision = decided(portal, decisions, claim);
    return decision === undefined || (decision === 'deny' && isRequired(portal, claim));
  });
}

/** The claims the portal may be given now: agreed with it and allowed by the person for this purpose. */
export const allowedClaims = (portal: PortalTerms, decisions: readonly ConsentDecision[]): ClaimName[] =>
  withFollowers(
    portal.claims.map((claim) => claim.name).filter((name) => decided(portal, decisions, name) === 'allow'),
  );

/** Whether the person's consent to be known to the portal stands. */
export const isKnownTo = (portal: PortalTerms, decisions: readonly ConsentDecision[]): boolean =>
  portal.firstParty || decided(portal, decisions, 'sub') === 'allow';

/** What a press of «allow» with these ticks means: required ones come with it, optional ones only when ticked. */
export const answerConsent = (
  portal: PortalTerms,
  shown: readonly ConsentSubjectMatter[],
  ticked: readonly string[],
): ConsentDecision[] =>
  shown.map((claim) => ({
    claim,
    purposeVersion: portal.purposeVersion,
    decision: isRequired(portal, claim) || ticked.includes(claim) ? 'allow' : 'deny',
  }));
