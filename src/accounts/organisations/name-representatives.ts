import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { NationalId } from '../../registry/national-id.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { enqueueJob } from '../../storage/jobs/enqueue-job.ts';
import { endActingJob } from '../account-jobs.ts';
import { numberHash, numberHashes } from '../account-identifier.ts';
import { selectFactsByNumber } from '../account.store.ts';
import { representativesChanged } from './events.ts';
import { hasRepresentative, insertRepresentative, updateOthersEnded } from './representative.store.ts';

/**
 * From `at` on these, and nobody else, act for the organisation. Who is left out may do so no more at once: every answer of a
 * portal's reads the rows. Caller's transaction, the organisation's row held; audited when anything changed.
 */
export async function nameRepresentatives(
  sql: Sql,
  { keyring }: { readonly keyring: Keyring },
  organisation: SubjectId,
  named: readonly NationalId[],
  { at, actor }: { readonly at: Date; readonly actor: string },
): Promise<void> {
  const hashesOf = (one: NationalId) => numberHashes(keyring, one.reveal());
  const ended = await updateOthersEnded(sql, organisation, named.flatMap(hashesOf), at);
  for (const one of ended) if (one) await enqueueJob(sql, endActingJob(organisation, one));
  let added = 0;
  for (const one of named) {
    if (await hasRepresentative(sql, organisation, hashesOf(one))) continue;
    const facts = await selectFactsByNumber(sql, keyring, hashesOf(one));
    const number = numberHash(keyring, one.reveal());
    await insertRepresentative(sql, organisation, { number, subject: facts?.subject }, at);
    added += 1;
  }
  if (ended.length + added === 0) return;
  await record(sql, representativesChanged(organisation, actor, { added, ended: ended.length }), at);
}
