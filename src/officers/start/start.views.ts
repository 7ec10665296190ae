import type { AccountState } from '../../accounts/account-lifecycle.policy.ts';
import type { AccountLevel } from '../../assurance/assurance-level.ts';
import type { AlertLine } from '../audit/audit.views.ts';
import type { ApplicationCounts } from '../organisations/count-applications.ts';
import type { ColumnChart } from './chart.ts';

interface Column {
  /** Absent when nothing happened. */
  readonly chart?: ColumnChart;
}

export interface AccountsLine {
  readonly state: AccountState;
  readonly level: AccountLevel | 'none';
  readonly accounts: number;
  readonly locked: number;
  /** Per cent of the longest bar. */
  readonly width: number;
}

export interface FiguresModel {
  readonly countedAt: Date;
  /** Of the whole country, or of the officer's offices alone. */
  readonly scope: 'everywhere' | 'offices';
  readonly accounts: readonly AccountsLine[];
  readonly activations: Column & { readonly days: readonly { readonly day: Date; readonly activations: number }[] };
  readonly signIns?: Column & {
    readonly hours: readonly { readonly at: Date; readonly completed: number; readonly failed: number }[];
  };
  /** Whole minutes the accounts may be behind the population registry. `unknown`: it has not answered yet. */
  readonly feedLagMinutes?: number | 'unknown';
}

/** What the officer may do, as the menu has it, each with a sentence; and the figures of what they reach. */
export interface StartModel {
  readonly tasks: readonly { readonly name: string; readonly href: string }[];
  readonly figures: FiguresModel;
  /** For those who see applications of organisations: what waits for an officer. */
  readonly applications?: ApplicationCounts;
  /** For those who see the trail: what of the last days wants a look. */
  readonly alerts: readonly AlertLine[];
}

declare module '../../http/page.ts' {
  interface Views {
    'console/start/start': StartModel;
  }
}
