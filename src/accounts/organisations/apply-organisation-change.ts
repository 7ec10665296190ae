import type { OrganisationChange } from '../../registry/organisation.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import type { Sql } from '../../storage/postgres.ts';
import { lockRow } from '../account.store.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { endLockIn } from '../end-lock.ts';
import { lockAccountIn } from '../lock-account.ts';
import { REGISTRY_ACTOR } from '../registry-feed/events.ts';
import { nameRepresentatives } from './name-representatives.ts';
import { recordOf } from './organisation-record.ts';
import { selectOrganisationByTaxNumber, updateOrganisationRecord } from './organisation.store.ts';

/**
 * Gives a change of the register its effect on the organisation's account, in the caller's transaction: the record and the
 * representatives as they are now, the lock of a dissolved one (Decree 69/2024 art. 15) and its end. What holds already is left.
 */
export async function applyOrganisationChange(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  { kind, organisation }: OrganisationChange,
): Promise<'applied' | 'nobody'> {
  const found = await selectOrganisationByTaxNumber(sql, deps.keyring, organisation.taxNumber);
  if (!found) return 'nobody';
  const { subject } = found;
  await lockRow(sql, subject);
  await updateOrganisationRecord(sql, deps.keyring, subject, recordOf(organisation));
  const at = deps.clock.now();
  await nameRepresentatives(sql, deps, subject, organisation.representatives, { at, actor: REGISTRY_ACTOR });
  switch (kind) {
    case 'organisation_dissolved':
      await lockAccountIn(sql, deps, subject, { ground: 'dissolved', actor: REGISTRY_ACTOR });
      return 'applied';
    case 'organisation_restored':
      await endLockIn(sql, deps, subject, { ground: 'dissolved', way: 'registry', actor: REGISTRY_ACTOR });
      return 'applied';
    case 'organisation_changed':
      return 'applied';
    default:
      return unreachable(kind);
  }
}
