import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { officesInReach } from '../offices-in-reach.ts';
import type { Reach } from '../officer-permissions.policy.ts';
import type { Officer } from '../officer.ts';
import { countAccounts, countActivations, countSignIns } from './figures.store.ts';
import { everyDay, everyHour, figureStarts, type Figures } from './figures.ts';
import { keepFigures, selectKeptFigures } from './kept-figures.store.ts';

export interface FiguresDeps {
  readonly db: Sql;
  readonly cache: Cache;
  readonly clock: Clock;
}

/**
 * The figures of what `reach` covers from where the officer sits. Three statements, at most once a minute for each office:
 * however many officers arrive in the morning, the accounts are not counted for each of them.
 */
export async function findFigures(
  deps: FiguresDeps,
  officer: Pick<Officer, 'officeId'>,
  reach: Reach,
): Promise<Figures> {
  const of = reach === 'everywhere' ? reach : (`${reach}:${officer.officeId}` as const);
  const kept = await selectKeptFigures(deps.cache, of);
  if (kept) return kept;
  const now = deps.clock.now();
  const { firstDay, firstHour } = figureStarts(now);
  const offices = await officesInReach(deps, officer, reach);
  const [accounts, activations, signIns] = await Promise.all([
    countAccounts(deps.db, offices),
    countActivations(deps.db, firstDay, now, offices),
    offices ? undefined : countSignIns(deps.db, firstHour, now),
  ]);
  const figures: Figures = {
    countedAtMs: now.getTime(),
    accounts,
    activations: everyDay(firstDay, activations),
    ...(signIns && { signIns: everyHour(firstHour, signIns) }),
  };
  await keepFigures(deps.cache, of, figures);
  return figures;
}
