import { createHash } from 'node:crypto';
import { countTrail } from '../../audit/count-trail.ts';
import { record } from '../../audit/record.ts';
import { searchTrail } from '../../audit/search-trail.ts';
import type { TrailMark, TrailQuery } from '../../audit/trail-query.ts';
import type { Clock } from '../../kernel/clock.ts';
import { signDetached } from '../../provider/keys/sign-detached.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Officer } from '../officer.ts';
import { auditExportBegan, auditExported } from './events.ts';
import { eventLine, fileHead, sealLine, type ExportFormat } from './export-file.ts';

export interface ExportDeps {
  readonly db: Sql;
  readonly clock: Clock;
  /** Where the provider's signing keys are. */
  readonly keysDir: string;
}

/** Events that one file may hold: more is asked for in parts, never cut off unseen. */
export const EXPORT_LIMIT = 10_000;
const AT_ONCE = 500;
/** `typ` of the signature: no token of ours is of this type, and no reader of tokens takes it (RFC 8725 3.11). */
export const SEAL_TYPE = 'audit-digest';

export type ExportOutcome =
  { readonly kind: 'file'; readonly text: AsyncIterable<string> } | { readonly kind: 'too_many' };

/**
 * The events of `query` as a file, newest first, read while it is written. Its last line carries the SHA-256 of all before,
 * signed with the provider's key: whoever has the published keys can tell that not a byte was changed, added or left out.
 * Recorded before the first byte and, with the digest, after the last.
 */
export async function exportTrail(
  deps: ExportDeps,
  officer: Officer,
  asked: TrailQuery,
  format: ExportFormat,
): Promise<ExportOutcome> {
  const now = deps.clock.now();
  // what happens while it is written belongs to the next one
  const query = { ...asked, until: asked.until < now ? asked.until : now };
  const count = await countTrail(deps, query, EXPORT_LIMIT + 1);
  if (count > EXPORT_LIMIT) return { kind: 'too_many' };
  await record(deps.db, auditExportBegan(officer, query, format, count), now);
  return { kind: 'file', text: write(deps, officer, query, format) };
}

async function* write(deps: ExportDeps, officer: Officer, query: TrailQuery, format: ExportFormat) {
  const hash = createHash('sha256');
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  yield hashed(fileHead(format));
  let events = 0;
  let after: TrailMark | undefined;
  do {
    const page = await searchTrail(deps, query, { limit: AT_ONCE, ...(after && { after }) });
    events += page.events.length;
    yield hashed(page.events.map((event) => eventLine(format, event)).join(''));
    after = page.next;
  } while (after);
  const digest = hash.digest('hex');
  await record(deps.db, auditExported(officer, query, { format, events, digest }), deps.clock.now());
  yield sealLine(format, digest, signDetached(deps.keysDir, digest, SEAL_TYPE));
}
