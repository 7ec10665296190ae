import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { randomId } from '../kernel/random.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { numberHash, numberHashes, phoneHash, phoneHashes } from './account-identifier.ts';
import { sealPersonal } from './account-facts.ts';
import type { Stage } from './account-lifecycle.policy.ts';
import { insertAccount, selectFactsByNumber, selectFactsByPhone } from './account.store.ts';
import type { Personal } from './account.ts';
import type { SubjectKind } from './subject-kind.ts';
import { accountOpened } from './events.ts';
import { updateRepresentativeBound } from './organisations/representative.store.ts';

export interface NewSubject {
  readonly kind: SubjectKind;
  readonly stage: Stage;
  readonly personal: Personal;
  /** Who opens it, where it is not the holder. */
  readonly actor?: string;
}

export type OpenOutcome = { readonly kind: 'opened'; readonly subject: SubjectId } | { readonly kind: 'taken' };

/**
 * Writes a new account with its number, phone and audit event into the caller's transaction, so that the caller can bind
 * the first authenticators in it too. `taken`: the number or the phone already serves an account; nothing was written.
 */
export async function openAccount(
  deps: { keyring: Keyring },
  sql: Sql,
  person: NewSubject,
  at: Date,
): Promise<OpenOutcome> {
  const { keyring } = deps;
  const { nationalId, phone } = person.personal;
  // Under every hash key still accepted: the unique indexes see only the current one.
  if (await selectFactsByNumber(sql, keyring, numberHashes(keyring, nationalId))) return { kind: 'taken' };
  if (phone && (await selectFactsByPhone(sql, keyring, phoneHashes(keyring, phone)))) return { kind: 'taken' };
  const subject = randomId() as SubjectId;
  const outcome = await insertAccount(sql, {
    subject,
    kind: person.kind,
    stage: person.stage,
    personal: sealPersonal(keyring, subject, person.personal),
    number: numberHash(keyring, nationalId),
    phone: phone ? phoneHash(keyring, phone) : undefined,
    at,
  });
  if (outcome === 'taken') return { kind: 'taken' };
  // Whoever represents an organisation already acts for it through this account.
  await updateRepresentativeBound(sql, numberHashes(keyring, nationalId), subject);
  await record(sql, accountOpened(subject, person.stage, person.actor), at);
  return { kind: 'opened', subject };
}
