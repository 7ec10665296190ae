import { toAccountFacts, type AccountFactsRow } from '../accounts/account-facts.ts';
import type { AuditEvent } from '../audit/audit-event.ts';
import { auditPayload, recordForEach } from '../audit/audit-in-statement.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import type { ConsentDecision } from './consent.ts';
import type { AccessFacts } from './portal-access.policy.ts';
import type { Portal } from './portal.ts';

interface Row extends AccountFactsRow {
  readonly decisions: readonly ConsentDecision[];
  readonly portal_disabled: boolean;
  readonly version: string;
  readonly recorded: boolean;
}

/** The facts of a decision, as found at one moment. */
export interface AccessLook extends AccessFacts {
  /** Changes with any of the facts. */
  readonly version: string;
  /** The event given with the look was recorded: the facts had the version it expected. */
  readonly isRecorded: boolean;
}

/** An event to record with the look, if the facts are still those it was decided on. */
export interface ExpectedEvent {
  readonly version: string;
  readonly event: AuditEvent;
  readonly at: Date;
}

const LOOK = `SELECT f.account_id, f.kind, f.state, f.level, f.personal, f.credentials_changed_at, f.grounds::text[] AS grounds, f.guardian,
    c.decisions, d.portal_disabled, md5(ROW(f.*, c.decisions, d.portal_disabled)::text) AS version
  FROM account_facts f
  CROSS JOIN LATERAL (SELECT coalesce(jsonb_agg(jsonb_build_object('claim', c.claim, 'purposeVersion', c.purpose_version, 'decision', c.decision) ORDER BY c.claim, c.purpose_version), '[]') AS decisions
    FROM consent c WHERE c.account_id = f.account_id AND c.portal_id = $2 AND c.withdrawn_at IS NULL) c
  CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM portal p WHERE p.portal_id = $2 AND p.disabled_at IS NOT NULL) AS portal_disabled) d
  WHERE f.account_id = $1`;

const LOOK_AND_RECORD = `WITH look AS (${LOOK}), unchanged AS (SELECT 1 FROM look WHERE version = $3), event AS (${recordForEach('unchanged', '$4', '$5')})
  SELECT look.*, EXISTS (SELECT 1 FROM unchanged) AS recorded FROM look`;

/** Account, locks, consents and the portal's state in one statement, with or without an event: it runs at every use of a token. */
export async function selectAccessFacts(
  sql: Sql,
  keyring: Keyring,
  subject: SubjectId,
  portal: Portal,
  expected?: ExpectedEvent,
): Promise<AccessLook> {
  const who = [subject, portal.portalId satisfies PortalId];
  const { rows } = await sql.query<Row>(
    expected
      ? {
          name: 'portal-access-recorded',
          text: LOOK_AND_RECORD,
          values: [...who, expected.version, expected.at, auditPayload(expected.event)],
        }
      : { name: 'portal-access', text: `SELECT look.*, false AS recorded FROM (${LOOK}) look`, values: who },
  );
  const [row] = rows;
  if (!row) return { account: undefined, portal, decisions: [], version: '', isRecorded: false };
  return {
    account: toAccountFacts(keyring, row),
    portal: { ...portal, disabled: row.portal_disabled },
    decisions: row.decisions,
    version: row.version,
    isRecorded: row.recorded,
  };
}
