import type { Personal } from '../../../src/accounts/account.ts';
import { findAccount, findAccountByNationalId } from '../../../src/accounts/find-account.ts';
import { kindOf } from '../../../src/accounts/entitlement.policy.ts';
import { openAccount } from '../../../src/accounts/open-account.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { httpPopulationRegistry } from '../../../src/registry/http-population-registry.ts';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import type { Citizen } from '../../../src/sandbox/nation/citizen.ts';
import type { Happening } from '../../../src/sandbox/nation/happening.ts';
import type { Keyring } from '../../../src/storage/keyring.ts';
import { inTransaction, type Database } from '../../../src/storage/postgres.ts';
import type { RegistryProcess } from '../../support/start-registry-process.ts';

export const number = (text: string) => parseNationalId(text)!;

/** Opens an active account for the citizen, as registration writes it. */
export async function openFor(
  deps: { db: Database; keyring: Keyring },
  { nationalId, fullName, birthDate, gender, nationality, address, stay, phone }: Citizen,
  extra: Partial<Personal> = {},
  at: Date = new Date(),
): Promise<SubjectId> {
  const personal = {
    nationalId,
    fullName,
    birthDate,
    gender,
    nationality,
    address,
    ...(phone && { phone }),
    ...(stay && { stay }),
    ...extra,
  };
  const opened = await inTransaction(deps.db, (sql) =>
    openAccount(deps, sql, { kind: kindOf(personal), stage: { state: 'active', level: '01' }, personal }, at),
  );
  if (opened.kind !== 'opened') throw new Error('taken');
  return opened.subject;
}

/** The real connector on the real registry process. */
export const connectorTo = (process: RegistryProcess) =>
  httpPopulationRegistry(
    { log: { warn: () => undefined } },
    { baseUrl: process.baseUrl, token: new Sealed(process.token), timeoutMs: 5000 },
  );

export async function happen(process: RegistryProcess, happening: Happening): Promise<Record<string, unknown>> {
  const answer = await process.call('/sandbox/happenings', happening);
  if (answer.status !== 200) throw new Error(`cannot happen: ${answer.status}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** All that the feed may change of an account, to compare two states. */
export async function stateOf(deps: { db: Database; keyring: Keyring }, subject: SubjectId) {
  const facts = await findAccount(deps, subject);
  if (!facts) throw new Error('gone');
  const { rows } = await deps.db.query<{ guardian: string | null }>(
    'SELECT guardian_account_id AS guardian FROM account_guardian WHERE account_id = $1 AND ended_at IS NULL',
    [subject],
  );
  const found = await findAccountByNationalId(deps, number(facts.personal.reveal().nationalId));
  return {
    state: facts.state,
    level: facts.level,
    grounds: facts.grounds,
    personal: facts.personal.reveal(),
    answersToItsNumber: found?.subject === subject,
    guardian: rows[0]?.guardian,
  };
}

/** Audit events of the registry about one account, oldest first. */
export async function registryEvents(db: Database, subject: SubjectId): Promise<string[]> {
  const { rows } = await db.query<{ kind: string }>(
    `SELECT kind FROM audit_event WHERE account_id = $1 AND actor = 'registry' ORDER BY occurred_at, kind`,
    [subject],
  );
  return rows.map(({ kind }) => kind);
}

/** The jobs that wait, by task and key. */
export async function waitingJobs(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ job: string }>('SELECT key AS job FROM graphile_worker.jobs ORDER BY key');
  return rows.map(({ job }) => job);
}
