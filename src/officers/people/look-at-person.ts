import type { AccountFacts } from '../../accounts/account.ts';
import { findAccount } from '../../accounts/find-account.ts';
import { listOpenLocks } from '../../accounts/list-open-locks.ts';
import type { OpenLock } from '../../accounts/open-lock.ts';
import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { selectRequestsInForce } from '../requests/authority-request.store.ts';
import type { AtConsole } from '../sign-in/find-current-officer.ts';
import { numberShown, personLookedAt } from './events.ts';
import type { Look } from './look.ts';
import { saveLook, selectLook } from './look.store.ts';
import type { SearchDeps } from './search-people.ts';

const SUBJECT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id as it stands in an address; undefined for any other text. */
export const parseSubject = (text: string): SubjectId | undefined =>
  SUBJECT.test(text) ? (text as SubjectId) : undefined;

/** Opens the record of a person for this officer and this reason, for a quarter of an hour. False when there is no account. */
export async function openLook(deps: SearchDeps, at: AtConsole, subject: SubjectId, look: Look): Promise<boolean> {
  if (!(await findAccount(deps, subject))) return false;
  // First the trail: a record is never open without it.
  await record(deps.db, personLookedAt(subject, at.officer, at.office, look), deps.clock.now());
  await saveLook(deps.cache, at.officer.officerId, subject, look);
  return true;
}

export interface PersonRecord {
  readonly facts: AccountFacts;
  readonly locks: readonly OpenLock[];
  /** The bodies by whose requests it is locked, by the entry of the lock. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly look: Look;
}
export type RecordOutcome =
  | ({ readonly kind: 'open' } & PersonRecord)
  /** There is an account, and this officer has not said why they want to see it. */
  | { readonly kind: 'reason_needed' }
  | { readonly kind: 'no_account' };

/** The record, if this officer opened it with a reason. */
export async function lookAtPerson(deps: SearchDeps, at: AtConsole, subject: SubjectId): Promise<RecordOutcome> {
  const [facts, locks, requests, look] = await Promise.all([
    findAccount(deps, subject),
    listOpenLocks(deps, subject),
    selectRequestsInForce(deps.db, deps.keyring, subject),
    selectLook(deps.cache, at.officer.officerId, subject),
  ]);
  if (!facts) return { kind: 'no_account' };
  if (!look) return { kind: 'reason_needed' };
  const bodies = new Map(requests.map(({ requestId, detail }) => [String(requestId), detail.reveal().authority]));
  return { kind: 'open', facts, locks, bodies, look };
}

/** Writes down that the whole number is shown; the caller shows it after. */
export const recordNumberShown = (deps: SearchDeps, at: AtConsole, subject: SubjectId): Promise<void> =>
  record(deps.db, numberShown(subject, at.officer, at.office), deps.clock.now());

/** Opens the record unless this officer has it open already; for a page whose reason is plain. */
export async function ensureLook(deps: SearchDeps, at: AtConsole, subject: SubjectId, look: Look): Promise<void> {
  if (!(await selectLook(deps.cache, at.officer.officerId, subject))) await openLook(deps, at, subject, look);
}
