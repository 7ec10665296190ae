import type { AuditEvent } from '../../audit/audit-event.ts';
import { record } from '../../audit/record.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { selectApplication, updateReceived } from './application.store.ts';
import type { ApplicationId, OrganisationApplication } from './application.ts';

export interface Reception {
  readonly officerId: string;
  readonly officeId: string;
  /** With what the first officer compared the data, and how. */
  readonly comparison: string;
  readonly dueAt: (sql: Sql, one: OrganisationApplication) => Promise<Date>;
  readonly event: (one: OrganisationApplication) => AuditEvent;
}

/** A first officer takes the complete application in and writes down what was compared. `not_waiting`: not complete, or taken. */
export async function receiveApplication(
  deps: ChangeAccountDeps,
  applicationId: ApplicationId,
  { officerId, officeId, comparison, dueAt, event }: Reception,
): Promise<{ readonly kind: 'received' | 'no_application' | 'not_waiting' }> {
  return inTransaction(deps.db, async (sql) => {
    const one = await selectApplication(sql, deps.keyring, applicationId, { lock: true });
    if (!one) return { kind: 'no_application' };
    if (one.state !== 'submitted') return { kind: 'not_waiting' };
    const at = deps.clock.now();
    const detail = new Sealed({ ...one.detail.reveal(), comparison });
    const received = { by: officerId, officeId, at, dueAt: await dueAt(sql, one), detail };
    await updateReceived(sql, deps.keyring, one, received);
    await record(sql, event(one), at);
    return { kind: 'received' };
  });
}
