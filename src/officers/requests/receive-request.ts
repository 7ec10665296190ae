import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { randomId } from '../../kernel/random.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import { dueTime } from '../holidays/due-time.ts';
import type { Officer } from '../officer.ts';
import type { Asks, AuthorityRequest, RequestId } from './authority-request.ts';
import { insertRequest } from './authority-request.store.ts';
import { requestReceived } from './events.ts';

export interface RequestDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly keyring: Keyring;
}

export interface Letter {
  readonly asks: Asks;
  /** The request whose lock is to end; absent where no body's lock is open. */
  readonly lifts?: RequestId;
  readonly authority: string;
  readonly document: string;
  /** ISO day. */
  readonly arrivedOn: string;
}

/** Takes a body's letter in; nothing happens to the account until another officer decides, within two working days. */
export async function receiveRequest(
  deps: RequestDeps,
  officer: Officer,
  subject: SubjectId,
  { asks, lifts, authority, document, arrivedOn }: Letter,
): Promise<RequestId> {
  const receivedAt = deps.clock.now();
  return inTransaction(deps.db, async (sql) => {
    const arrived = new Date(`${arrivedOn}T12:00:00+07:00`);
    const one: AuthorityRequest = {
      requestId: randomId() as RequestId,
      subject,
      asks,
      ...(lifts && { lifts }),
      document,
      detail: new Sealed({ authority }),
      arrivedOn,
      receivedAt,
      receivedBy: officer.officerId,
      officeId: officer.officeId,
      dueAt: await dueTime(sql, receivedAt, 'authority_request_decided'),
    };
    const isLate = receivedAt > (await dueTime(sql, arrived, 'authority_request_received'));
    await insertRequest(sql, deps.keyring, one);
    await record(sql, requestReceived(officer, one, isLate), receivedAt);
    return one.requestId;
  });
}
