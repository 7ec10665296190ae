import type { Clock } from '../../kernel/clock.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { officesInReach } from '../offices-in-reach.ts';
import type { Reach } from '../officer-permissions.policy.ts';
import type { OfficeId, Officer } from '../officer.ts';
import { countOpenCases, selectQueue, type OfficeCount, type QueuedCase } from './case-queue.store.ts';
import type { EnrolmentCase } from './enrolment-case.ts';

const PAGE = 50;

export interface CaseList {
  readonly cases: readonly QueuedCase[];
  readonly more: boolean;
  readonly counts: readonly OfficeCount[];
}

/**
 * The cases that the officer may see, overdue ones first, with the counts of each office in reach; of one office alone when
 * it is named, which is nobody's unless it is in reach.
 */
export async function listCases(
  deps: { readonly db: Sql; readonly keyring: Pick<Keyring, 'sealing'>; readonly clock: Clock },
  by: { readonly officer: Officer; readonly reach: Reach },
  wanted: { readonly state: EnrolmentCase['state']; readonly office: OfficeId | undefined },
): Promise<CaseList> {
  const reached = await officesInReach(deps, by.officer, by.reach);
  const { office, state } = wanted;
  const offices = office === undefined ? reached : [office].filter((one) => !reached || reached.includes(one));
  const [found, counts] = await Promise.all([
    selectQueue(deps.db, deps.keyring, { state, offices, limit: PAGE + 1 }),
    countOpenCases(deps.db, reached, deps.clock.now()),
  ]);
  return { cases: found.slice(0, PAGE), more: found.length > PAGE, counts };
}
