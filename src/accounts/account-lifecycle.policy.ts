import type { AccountLevel } from '../assurance/assurance-level.ts';

export const ACCOUNT_STATES = ['submitted', 'rejected', 'granted', 'activation_overdue', 'active', 'ended'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Where an account stands in its life. Locks are a set beside it (lock-ground.policy.ts), so that an unlock cannot skip a step. */
export interface Stage {
  readonly state: AccountState;
  readonly level: AccountLevel | undefined;
}

interface Row {
  readonly change: string;
  /** `none`: there is no account yet. */
  readonly from: 'none' | Stage;
  readonly to: Stage;
  readonly source: string;
}

/** Every move an account can make. What is not written here cannot happen. */
export const LIFECYCLE = [
  {
    change: 'register',
    from: 'none',
    to: { state: 'active', level: '01' },
    source: 'Decree 69/2024 art. 10: in the app, phone in own name, data matched',
  },
  {
    change: 'end',
    from: { state: 'active', level: '01' },
    to: { state: 'ended', level: '01' },
    source: 'number cancelled or account merged',
  },
  {
    change: 'end',
    from: { state: 'active', level: '02' },
    to: { state: 'ended', level: '02' },
    source: 'number cancelled or account merged',
  },
  {
    change: 'lower_level',
    from: { state: 'active', level: '02' },
    to: { state: 'active', level: '01' },
    source: 'evidence of level 02 found false',
  },
] as const satisfies readonly Row[];

export type LifecycleChange = (typeof LIFECYCLE)[number]['change'];
export type LifecycleDecision = { readonly kind: 'moves'; readonly to: Stage } | { readonly kind: 'not_allowed' };

/** Where `change` leads from here; `not_allowed` when the table has no such row. */
export function nextStage(from: 'none' | Stage, change: LifecycleChange): LifecycleDecision {
  const rows: readonly Row[] = LIFECYCLE;
  const row = rows.find((r) => r.change === change && isSameStage(r.from, from));
  return row ? { kind: 'moves', to: row.to } : { kind: 'not_allowed' };
}

function isSameStage(a: 'none' | Stage, b: 'none' | Stage): boolean {
  if (a === 'none' || b === 'none') return a === b;
  return a.state === b.state && a.level === b.level;
}
