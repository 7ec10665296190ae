import type { Cache } from '../../storage/redis.ts';
import type { OfficeId } from '../officer.ts';
import type { ApplicationCounts } from '../organisations/count-applications.ts';
import type { Figures } from './figures.ts';

const KEEP_SECONDS = 60;

/** Whose figures they are: those of the whole country, or of what an officer of this office reaches. */
export type FiguresOf = 'everywhere' | `${'own_office' | 'own_tree'}:${OfficeId}`;

const keyOf = (of: FiguresOf) => `eid:figures:${of}`;

/** Figures counted less than a minute ago; undefined when there are none. */
export async function selectKeptFigures(cache: Cache, of: FiguresOf): Promise<Figures | undefined> {
  const kept = await cache.get(keyOf(of));
  return kept === null ? undefined : (JSON.parse(kept) as Figures);
}

export async function keepFigures(cache: Cache, of: FiguresOf, figures: Figures): Promise<void> {
  await cache.set(keyOf(of), JSON.stringify(figures), 'EX', KEEP_SECONDS);
}

const APPLICATIONS = 'eid:figures:organisations';

/** Applications of organisations counted less than a minute ago; undefined when they were not. */
export async function selectKeptApplications(cache: Cache): Promise<ApplicationCounts | undefined> {
  const kept = await cache.get(APPLICATIONS);
  return kept === null ? undefined : (JSON.parse(kept) as ApplicationCounts);
}

export async function keepApplications(cache: Cache, counts: ApplicationCounts): Promise<void> {
  await cache.set(APPLICATIONS, JSON.stringify(counts), 'EX', KEEP_SECONDS);
}
