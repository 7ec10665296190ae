import type { AuditEvent } from '../audit/audit-event.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';

export const portalRegistered = (portal: PortalId, actor: string): AuditEvent => ({
  kind: 'portal.registered',
  portal,
  actor,
});
export const portalDisabled = (
  portal: PortalId,
  actor: string,
  why: { readonly reason?: string; readonly document?: string },
): AuditEvent => ({
  kind: 'portal.disabled',
  portal,
  actor,
  data: {
    ...(why.reason !== undefined && { reason: why.reason }),
    ...(why.document !== undefined && { document: why.document }),
  },
});
export const portalEnabled = (portal: PortalId, actor: string): AuditEvent => ({
  kind: 'portal.enabled',
  portal,
  actor,
});

/** Which claims, for which purpose: names of claims, never their values (Decree 356/2025 art. 6: who, when, what). */
export const consentDecided = (
  subject: SubjectId,
  portal: PortalId,
  decision: { allowed: readonly string[]; denied: readonly string[]; purposeVersion: number },
): AuditEvent => ({
  kind: 'consent.decided',
  subject,
  portal,
  data: {
    allowed: decision.allowed.join(' '),
    denied: decision.denied.join(' '),
    purposeVersion: decision.purposeVersion,
  },
});
export const consentRefused = (subject: SubjectId, portal: PortalId): AuditEvent => ({
  kind: 'consent.refused',
  subject,
  portal,
});
export const consentWithdrawn = (subject: SubjectId, portal: PortalId): AuditEvent => ({
  kind: 'consent.withdrawn',
  subject,
  portal,
});
