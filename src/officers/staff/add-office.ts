import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import { officeAdded } from '../events.ts';
import { tierBelow, type Office } from '../office.ts';
import { insertOffice, selectOffices } from '../office.store.ts';
import { actorOf, type OfficeId, type Officer } from '../officer.ts';

export type AddOfficeOutcome =
  | { readonly kind: 'added' }
  | { readonly kind: 'taken' }
  /** There is no such office above, or it is a commune, below which there is none. */
  | { readonly kind: 'no_such_parent' };

/** Puts an office into the tree, one tier below the one it answers to. */
export function addOffice(
  deps: { readonly db: Database; readonly clock: Clock },
  by: Officer,
  { officeId, parentId, name }: Pick<Office, 'officeId' | 'name'> & { readonly parentId: OfficeId },
): Promise<AddOfficeOutcome> {
  return inTransaction(deps.db, async (sql): Promise<AddOfficeOutcome> => {
    const parent = (await selectOffices(sql)).find((office) => office.officeId === parentId);
    const tier = parent && tierBelow(parent.tier);
    if (!tier) return { kind: 'no_such_parent' };
    if (!(await insertOffice(sql, { officeId, parentId, tier, name }))) return { kind: 'taken' };
    await record(sql, officeAdded(actorOf(by), officeId), deps.clock.now());
    return { kind: 'added' };
  });
}
