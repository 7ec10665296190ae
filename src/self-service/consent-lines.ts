import type { PortalId } from '../kernel/ids.ts';
import type { ConsentInForce } from '../portals/list-consents.ts';
import type { Portal } from '../portals/portal.ts';
import type { ConsentLine } from './self-service.views.ts';

/** What the person allowed, one line a portal: those that may know them at all, oldest consent first. */
export function consentLines(
  consents: readonly ConsentInForce[],
  find: (portalId: PortalId) => Portal | undefined,
): ConsentLine[] {
  const allowed = consents.filter(({ decision }) => decision === 'allow');
  const portals = [...new Set(allowed.map(({ portalId }) => portalId))];
  return portals
    .map((portalId) => lineOf(portalId, allowed, find(portalId)))
    .sort((a, b) => a.givenAt.getTime() - b.givenAt.getTime());
}

function lineOf(portalId: PortalId, allowed: readonly ConsentInForce[], portal: Portal | undefined): ConsentLine {
  const own = allowed.filter((consent) => consent.portalId === portalId);
  const givenAt = new Date(Math.min(...own.map(({ decidedAt }) => decidedAt.getTime())));
  const claims = own.map(({ claim }) => claim);
  // A portal that is switched off or gone can still be forbidden to know anything when it returns.
  const unknown = { vi: portalId, en: portalId };
  const { name = unknown, authority = unknown, purpose = { vi: '', en: '' } } = portal ?? {};
  return { portalId, portal: name, authority, purpose, claims, givenAt };
}
