import type { AccountState } from '../../accounts/account-lifecycle.policy.ts';
import type { AccountLevel } from '../../assurance/assurance-level.ts';
import { dayInHanoi } from '../../kernel/day.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
export const DAYS_SHOWN = 14;
export const HOURS_SHOWN = 24;

export interface AccountCount {
  readonly state: AccountState;
  /** Absent for organisations. */
  readonly level?: AccountLevel;
  readonly accounts: number;
  /** Of these, with at least one ground of lock open. */
  readonly locked: number;
}

export interface HourOfSignIns {
  /** When the hour began, milliseconds since 1970. */
  readonly atMs: number;
  readonly completed: number;
  /** Tries that a person could make: wrong passwords, codes and passkeys, and sign-ins refused. */
  readonly failed: number;
}

/** What the start page counts. Nobody can be told from it. */
export interface Figures {
  readonly countedAtMs: number;
  readonly accounts: readonly AccountCount[];
  /** The last days in Hà Nội, today last; every day is there. */
  readonly activations: readonly { readonly day: string; readonly activations: number }[];
  /** The last hours, this one last. Absent where only some offices are counted: a sign-in belongs to none. */
  readonly signIns?: readonly HourOfSignIns[];
}

/** From when to count so that `now` ends the last of the days, and of the hours, shown. Days and hours of Hà Nội. */
export function figureStarts(now: Date): { readonly firstDay: Date; readonly firstHour: Date } {
  const today = Date.parse(`${dayInHanoi(now)}T00:00:00+07:00`);
  const hour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  return {
    firstDay: new Date(today - (DAYS_SHOWN - 1) * DAY_MS),
    firstHour: new Date(hour - (HOURS_SHOWN - 1) * HOUR_MS),
  };
}

/** Every day shown, those on which nothing happened with 0. */
export const everyDay = (firstDay: Date, counted: ReadonlyMap<string, number>): Figures['activations'] =>
  Array.from({ length: DAYS_SHOWN }, (_, i) => {
    const day = dayInHanoi(new Date(firstDay.getTime() + i * DAY_MS));
    return { day, activations: counted.get(day) ?? 0 };
  });

/** Every hour shown, the silent ones with 0. */
export function everyHour(firstHour: Date, counted: readonly HourOfSignIns[]): readonly HourOfSignIns[] {
  const byStart = new Map(counted.map((hour) => [hour.atMs, hour]));
  return Array.from({ length: HOURS_SHOWN }, (_, i) => {
    const atMs = firstHour.getTime() + i * HOUR_MS;
    return byStart.get(atMs) ?? { atMs, completed: 0, failed: 0 };
  });
}
