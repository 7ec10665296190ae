export const OFFICER_ROLES = [
  'counter_officer',
  'approver',
  'help_desk',
  'portal_registrar',
  'auditor',
  'security_administrator',
] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];

/** How far a role's action reaches: its own office, its office and all below it, or everywhere. */
export type Reach = 'own_office' | 'own_tree' | 'everywhere';

interface Row {
  readonly roles: Partial<Record<OfficerRole, Reach>>;
  /** The passkey must have been used within the last 5 minutes. */
  readonly fresh?: true;
}

/** Who may do what, where. One table; docs/permissions.md is printed from it, and a test walks every route with every role. */
export const OFFICER_ACTIONS = {
  see_figures: {
    roles: {
      counter_officer: 'own_office',
      approver: 'own_tree',
      help_desk: 'everywhere',
      auditor: 'everywhere',
      security_administrator: 'everywhere',
      portal_registrar: 'everywhere',
    },
  },
  open_case: { roles: { counter_officer: 'own_office' } },
  see_cases: { roles: { counter_officer: 'own_office', approver: 'own_tree', auditor: 'everywhere' } },
  decide_case: { roles: { approver: 'own_tree' }, fresh: true },
  renew_invitation: { roles: { help_desk: 'everywhere' } },
  search_person: { roles: { counter_officer: 'everywhere', approver: 'everywhere', help_desk: 'everywhere' } },
  see_person: { roles: { counter_officer: 'everywhere', approver: 'everywhere', help_desk: 'everywhere' } },
  see_full_number: { roles: { counter_officer: 'everywhere', approver: 'everywhere' } },
  lock_on_request_of_holder: { roles: { counter_officer: 'everywhere', help_desk: 'everywhere' } },
  unlock_at_counter: { roles: { counter_officer: 'everywhere' }, fresh: true },
  receive_authority_request: { roles: { counter_officer: 'everywhere' } },
  see_authority_requests: { roles: { counter_officer: 'everywhere', approver: 'everywhere', auditor: 'everywhere' } },
  decide_authority_request: { roles: { approver: 'everywhere' }, fresh: true },
  see_organisations: { roles: { counter_officer: 'everywhere', approver: 'everywhere', auditor: 'everywhere' } },
  receive_organisation: { roles: { counter_officer: 'everywhere', approver: 'everywhere' } },
  decide_organisation: { roles: { approver: 'everywhere' }, fresh: true },
  export_evidence: { roles: { approver: 'own_tree', auditor: 'everywhere' }, fresh: true },
  see_audit: { roles: { auditor: 'everywhere' } },
  export_audit: { roles: { auditor: 'everywhere' }, fresh: true },
  see_portals: { roles: { portal_registrar: 'everywhere', auditor: 'everywhere' } },
  register_portal: { roles: { portal_registrar: 'everywhere' } },
  confirm_portal: { roles: { portal_registrar: 'everywhere' }, fresh: true },
  enable_portal: { roles: { portal_registrar: 'everywhere' }, fresh: true },
  disable_portal: { roles: { portal_registrar: 'everywhere' }, fresh: true },
  edit_holidays: { roles: { security_administrator: 'everywhere' } },
  see_officers: { roles: { security_administrator: 'everywhere', auditor: 'everywhere' } },
  invite_officer: { roles: { security_administrator: 'everywhere' }, fresh: true },
  confirm_officer: { roles: { security_administrator: 'everywhere' }, fresh: true },
  edit_offices: { roles: { security_administrator: 'everywhere' }, fresh: true },
  disable_officer: { roles: { security_administrator: 'everywhere' }, fresh: true },
} as const satisfies Record<string, Row>;
export type OfficerAction = keyof typeof OFFICER_ACTIONS;

const FRESH_SECONDS = 5 * 60;

export type PermissionDecision =
  | { readonly kind: 'permitted'; readonly reach: Reach }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'needs_fresh_passkey' };

/** Whether an officer of `role`, whose passkey was last used `sinceAuthSeconds` ago, may do `action`, and how far. */
export function mayDo(role: OfficerRole, action: OfficerAction, sinceAuthSeconds: number): PermissionDecision {
  const row: Row = OFFICER_ACTIONS[action];
  const reach = row.roles[role];
  if (!reach) return { kind: 'forbidden' };
  if (row.fresh && sinceAuthSeconds > FRESH_SECONDS) return { kind: 'needs_fresh_passkey' };
  return { kind: 'permitted', reach };
}

/** Whether `reach` from the officer's office covers `target`. `pathOf`: an office and everything above it, nearest first. */
export function covers(reach: Reach, own: string, targetPath: readonly string[]): boolean {
  if (reach === 'everywhere') return true;
  return reach === 'own_office' ? targetPath[0] === own : targetPath.includes(own);
}
