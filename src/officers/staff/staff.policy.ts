import type { OfficerId } from '../officer.ts';
import type { OfficerState } from '../staff-member.ts';

interface MemberFacts {
  readonly officerId: OfficerId;
  readonly state: OfficerState;
  readonly invitedBy?: OfficerId;
}

export type ConfirmDecision =
  | { readonly kind: 'may_confirm' }
  /** Confirmed already, the passkey not made yet: a new link may take the place of the old. */
  | { readonly kind: 'may_renew' }
  | { readonly kind: 'own_invitation' }
  | { readonly kind: 'not_waiting' };

/** Four eyes: who invited neither confirms nor hands out another link. */
export function mayConfirm(member: MemberFacts, by: OfficerId): ConfirmDecision {
  if (member.state !== 'invited' && member.state !== 'confirmed') return { kind: 'not_waiting' };
  if (member.invitedBy === by || member.officerId === by) return { kind: 'own_invitation' };
  return member.state === 'invited' ? { kind: 'may_confirm' } : { kind: 'may_renew' };
}

export type DisableDecision =
  { readonly kind: 'may_disable' } | { readonly kind: 'oneself' } | { readonly kind: 'disabled_already' };

/** One administrator is enough to disable: it takes away and gives nothing. Nobody locks themself out. */
export function mayDisable(member: MemberFacts, by: OfficerId): DisableDecision {
  if (member.officerId === by) return { kind: 'oneself' };
  return member.state === 'disabled' ? { kind: 'disabled_already' } : { kind: 'may_disable' };
}

/** One invites and another confirms: the operator's command stops once there are two. */
export const ADMINISTRATORS_BY_COMMAND = 2;

/** Whether the operator's command may still make a security administrator, when `active` of them can sign in. */
export const mayMakeByCommand = (active: number): boolean => active < ADMINISTRATORS_BY_COMMAND;

/** The link to make the passkey. */
export const LINK_SECONDS = 24 * 60 * 60;
