import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { randomId } from '../../kernel/random.ts';
import type { Organisation } from '../../registry/organisation.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { insertAccount } from '../account.store.ts';
import type { Stage } from '../account-lifecycle.policy.ts';
import { accountOpened } from '../events.ts';
import { nameRepresentatives } from './name-representatives.ts';
import { recordOf, sealOrganisation } from './organisation-record.ts';
import { selectOrganisationByTaxNumber, taxHash } from './organisation.store.ts';

/**
 * Writes an organisation's account with its representatives into the caller's transaction. `taken`: the tax number has an
 * account; nothing was written.
 */
export async function openOrganisationAccount(
  deps: { readonly keyring: Keyring },
  sql: Sql,
  { organisation, stage, actor }: { organisation: Organisation; stage: Stage; actor: string },
  at: Date,
): Promise<{ readonly kind: 'opened'; readonly subject: SubjectId } | { readonly kind: 'taken' }> {
  const { keyring } = deps;
  // Under every hash key still accepted: the unique index sees only the current one.
  if (await selectOrganisationByTaxNumber(sql, keyring, organisation.taxNumber)) return { kind: 'taken' };
  const subject = randomId() as SubjectId;
  const personal = sealOrganisation(keyring, subject, recordOf(organisation));
  const number = taxHash(keyring, organisation.taxNumber);
  const outcome = await insertAccount(sql, {
    subject,
    kind: 'organisation',
    stage,
    personal,
    number,
    phone: undefined,
    at,
  });
  if (outcome === 'taken') return { kind: 'taken' };
  await record(sql, accountOpened(subject, stage), at);
  await nameRepresentatives(sql, deps, subject, organisation.representatives, { at, actor });
  return { kind: 'opened', subject };
}
