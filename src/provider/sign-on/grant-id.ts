import { parseAcr, type Acr } from '../../assurance/assurance-level.ts';
import type { PortalId, SubjectId } from '../../kernel/ids.ts';
import type { ActingFor } from '../../portals/acting.policy.ts';

/**
 * What a grant is: nothing stored, only this name. `family` is its random part: the grants of one portal in one session
 * share it, so that ending one ends them all.
 */
export interface GrantId {
  readonly subject: SubjectId;
  readonly portalId: PortalId;
  readonly acr: Acr;
  readonly issuedAtSeconds: number;
  readonly family: string;
  /** Whom the person chose to act for; absent where the portal did not ask. */
  readonly actingFor?: ActingFor;
}

/** The opaque text that codes, tokens and sessions carry. It never leaves the house. */
export const formatGrantId = (id: GrantId): string =>
  Buffer.from(
    JSON.stringify([
      id.family,
      id.acr,
      id.issuedAtSeconds,
      id.subject,
      id.portalId,
      ...(id.actingFor === undefined ? [] : [id.actingFor]),
    ]),
  ).toString('base64url');

/** The grant behind a text; undefined for anything formatGrantId did not write. */
export function parseGrantId(text: string): GrantId | undefined {
  try {
    const [family, acr, issuedAtSeconds, subject, portalId, actingFor] = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) as unknown[];
    const known = parseAcr(acr);
    if (!known || typeof issuedAtSeconds !== 'number' || typeof family !== 'string') return undefined;
    return {
      family,
      acr: known,
      issuedAtSeconds,
      subject: subject as SubjectId,
      portalId: portalId as PortalId,
      ...(typeof actingFor === 'string' && { actingFor: actingFor as ActingFor }),
    };
  } catch {
    return undefined;
  }
}
