import type { AccountLevel } from '../assurance/assurance-level.ts';

export const ACCOUNT_STATES = ['submitted', 'rejected', 'granted', 'activation_overdue', 'active', 'ended'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Where an account stands in its life. Locks are a set beside it (lock-ground.policy.ts), so that an unlock cannot skip a step. */
export interface Stage {
  readonly state: AccountState;
  readonly level: AccountLevel | undefined;
}

/** What must have happened for a row to be taken; the use-case shows it, the table refuses without it. */
export type Condition =
  'phone_proven' | 'officer_evidence' | 'two_officers' | 'guardian_request' | 'second_factor_bound';

interface Row {
  readonly change: string;
  /** `none`: there is no account yet. */
  readonly from: 'none' | Stage;
  readonly to: Stage;
  readonly needs: readonly Condition[];
  readonly source: string;
}

const NO_LEVEL = undefined;
const COUNTER = ['officer_evidence', 'two_officers'] as const;

/** Days a granted account waits for its holder (Decree 69/2024 art. 14(1)); then only the help desk renews it. */
export const ACTIVATION_DAYS = 7;

/** Every move an account can make. What is not written here cannot happen. */
export const LIFECYCLE = [
  {
    change: 'register',
    from: 'none',
    to: { state: 'active', level: '01' },
    needs: ['phone_proven'],
    source: 'Decree 69/2024 art. 10: in the app, phone in own name, data matched',
  },
  {
    change: 'grant',
    from: 'none',
    to: { state: 'granted', level: '02' },
    needs: COUNTER,
    source: 'Decree 69/2024 art. 10: in person, TK01',
  },
  {
    change: 'grant_to_dependant',
    from: 'none',
    to: { state: 'granted', level: '01' },
    needs: ['guardian_request'],
    source: 'Decree 69/2024 art. 7, 10: by the guardian',
  },
  {
    change: 'grant_to_organisation',
    from: 'none',
    to: { state: 'granted', level: NO_LEVEL },
    needs: COUNTER,
    source: 'Decree 69/2024 art. 11: TK02',
  },
  {
    change: 'activate',
    from: { state: 'granted', level: '01' },
    to: { state: 'active', level: '01' },
    needs: ['phone_proven'],
    source: 'Decree 69/2024 art. 14(1)',
  },
  {
    change: 'activate',
    from: { state: 'granted', level: '02' },
    to: { state: 'active', level: '02' },
    needs: ['phone_proven', 'second_factor_bound'],
    source: 'Decree 69/2024 art. 14(1)',
  },
  {
    change: 'activate',
    from: { state: 'granted', level: NO_LEVEL },
    to: { state: 'active', level: NO_LEVEL },
    needs: [],
    source: 'Decree 69/2024 art. 14(1)',
  },
  {
    change: 'let_invitation_lapse',
    from: { state: 'granted', level: '01' },
    to: { state: 'activation_overdue', level: '01' },
    needs: [],
    source: 'Decree 69/2024 art. 14(1): 7 days',
  },
  {
    change: 'let_invitation_lapse',
    from: { state: 'granted', level: '02' },
    to: { state: 'activation_overdue', level: '02' },
    needs: [],
    source: 'Decree 69/2024 art. 14(1): 7 days',
  },
  {
    change: 'let_invitation_lapse',
    from: { state: 'granted', level: NO_LEVEL },
    to: { state: 'activation_overdue', level: NO_LEVEL },
    needs: [],
    source: 'Decree 69/2024 art. 14(1): 7 days',
  },
  {
    change: 'renew_invitation',
    from: { state: 'activation_overdue', level: NO_LEVEL },
    to: { state: 'granted', level: NO_LEVEL },
    needs: [],
    source: 'Decree 69/2024 art. 14(1): through the call centre',
  },
  {
    change: 'renew_invitation',
    from: { state: 'activation_overdue', level: '01' },
    to: { state: 'granted', level: '01' },
    needs: [],
    source: 'Decree 69/2024 art. 14(1): through the call centre',
  },
  {
    change: 'renew_invitation',
    from: { state: 'activation_overdue', level: '02' },
    to: { state: 'granted', level: '02' },
    needs: [],
    source: 'Decree 69/2024 art. 14(1): through the call centre',
  },
  {
    change: 'raise_level',
    from: { state: 'active', level: '01' },
    to: { state: 'active', level: '02' },
    needs: [...COUNTER, 'phone_proven', 'second_factor_bound'],
    source: 'Decree 69/2024 art. 10, 14',
  },
  {
    change: 'lower_level',
    from: { state: 'active', level: '02' },
    to: { state: 'active', level: '01' },
    needs: [],
    source: 'evidence of level 02 found false',
  },
  {
    change: 'end',
    from: { state: 'active', level: '01' },
    to: { state: 'ended', level: '01' },
    needs: [],
    source: 'number cancelled or account merged',
  },
  {
    change: 'end',
    from: { state: 'active', level: '02' },
    to: { state: 'ended', level: '02' },
    needs: [],
    source: 'number cancelled or account merged',
  },
  {
    change: 'end',
    from: { state: 'active', level: NO_LEVEL },
    to: { state: 'ended', level: NO_LEVEL },
    needs: [],
    source: 'organisation merged',
  },
] as const satisfies readonly Row[];

export type LifecycleChange = (typeof LIFECYCLE)[number]['change'];
export type LifecycleDecision =
  | { readonly kind: 'moves'; readonly to: Stage }
  | { readonly kind: 'not_allowed' }
  | { readonly kind: 'not_shown'; readonly missing: readonly Condition[] };

/** Where `change` leads from here: `not_allowed` without such a row, `not_shown` while a condition of the row is missing. */
export function nextStage(
  from: 'none' | Stage,
  change: LifecycleChange,
  shown: readonly Condition[],
): LifecycleDecision {
  const rows: readonly Row[] = LIFECYCLE;
  const row = rows.find((r) => r.change === change && isSameStage(r.from, from));
  if (!row) return { kind: 'not_allowed' };
  const missing = row.needs.filter((need) => !shown.includes(need));
  return missing.length > 0 ? { kind: 'not_shown', missing } : { kind: 'moves', to: row.to };
}

function isSameStage(a: 'none' | Stage, b: 'none' | Stage): boolean {
  if (a === 'none' || b === 'none') return a === b;
  return a.state === b.state && a.level === b.level;
}
