import type { AccountState } from '../../accounts/account-lifecycle.policy.ts';
import { columnChart } from './chart.ts';
import type { AccountCount, Figures } from './figures.ts';
import type { AccountsLine, FiguresModel } from './start.views.ts';

/** As people ask for them: those in use first. */
const ORDER: readonly AccountState[] = ['active', 'granted', 'activation_overdue', 'submitted', 'rejected', 'ended'];

/** The figures as the page draws them. */
export function figuresModel(figures: Figures): FiguresModel {
  const days = figures.activations.map(({ day, activations }) => ({ day: new Date(`${day}T12:00:00Z`), activations }));
  const activations = columnChart(days.map((one) => [one.activations]));
  const hours = figures.signIns?.map(({ atMs, completed, failed }) => ({ at: new Date(atMs), completed, failed }));
  const signIns = hours && columnChart(hours.map(({ completed, failed }) => [completed, failed]));
  return {
    countedAt: new Date(figures.countedAtMs),
    scope: hours ? 'everywhere' : 'offices',
    accounts: accountLines(figures.accounts),
    activations: { days, ...(activations && { chart: activations }) },
    ...(hours && { signIns: { hours, ...(signIns && { chart: signIns }) } }),
  };
}

function accountLines(counted: readonly AccountCount[]): readonly AccountsLine[] {
  const most = Math.max(1, ...counted.map(({ accounts }) => accounts));
  const rank = ({ state, level }: AccountsLine) => `${ORDER.indexOf(state)} ${level}`;
  return counted
    .map(({ state, level = 'none' as const, accounts, locked }) => {
      return { state, level, accounts, locked, width: Math.round((accounts / most) * 1000) / 10 };
    })
    .toSorted((a, b) => rank(a).localeCompare(rank(b)));
}
