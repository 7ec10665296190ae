import type { Keyring } from '../../storage/keyring.ts';
import { countApplications, type ApplicationCounts } from '../organisations/count-applications.ts';
import type { FiguresDeps } from './find-figures.ts';
import { keepApplications, selectKeptApplications } from './kept-figures.store.ts';

/** Applications of organisations that wait, counted at most once a minute for all officers: any office may take them. */
export async function findApplicationCounts(
  deps: FiguresDeps & { readonly keyring: Keyring },
): Promise<ApplicationCounts> {
  const kept = await selectKeptApplications(deps.cache);
  if (kept) return kept;
  const counts = await countApplications(deps);
  await keepApplications(deps.cache, counts);
  return counts;
}
