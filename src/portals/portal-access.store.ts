import { toAccountFacts, type AccountFactsRow } from '../accounts/account-facts.ts';
import type { AuditEvent } from '../audit/audit-event.ts';
import { auditPayload, recordForEach } from '../audit/audit-in-statement.ts';
import { openOrganisation } from '../accounts/organisations/organisation-record.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import type { ConsentDecision } from './consent.ts';
import type { Represented } from './acting.policy.ts';
import type { AccessFacts } from './portal-access.policy.ts';
import type { Portal } from './portal.ts';

interface Row extends AccountFactsRow {
  readonly decisions: readonly ConsentDecision[];
  /** Null: there is no row, the portal is built in. */
  readonly portal_state: { readonly disabled: boolean; readonly reopened: number | null } | null;
  readonly version: string;
  readonly recorded: boolean;
  readonly organisations: readonly OrganisationRow[] | null;
}

interface OrganisationRow {
  readonly subject: SubjectId;
  /** Base64. */
  readonly record: string;
  readonly sinceSeconds: number;
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
    c.decisions, d.portal_state, o.organisations, md5(ROW(f.*, c.decisions, d.portal_state, o.organisations)::text) AS version
  FROM account_facts f
  CROSS JOIN LATERAL (SELECT coalesce(jsonb_agg(jsonb_build_object('claim', c.claim, 'purposeVersion', c.purpose_version, 'decision', c.decision) ORDER BY c.claim, c.purpose_version), '[]') AS decisions
    FROM consent c WHERE c.account_id = f.account_id AND c.portal_id = $2 AND c.withdrawn_at IS NULL) c
  CROSS JOIN LATERAL (SELECT (SELECT jsonb_build_object('disabled', p.disabled_at IS NOT NULL, 'reopened', floor(extract(epoch FROM p.reopened_at)))
      FROM portal p WHERE p.portal_id = $2) AS portal_state) d
  CROSS JOIN LATERAL (SELECT CASE WHEN $3::boolean THEN (
      SELECT jsonb_agg(jsonb_build_object('subject', o.account_id, 'record', encode(o.personal, 'base64'),
               'sinceSeconds', floor(extract(epoch FROM greatest(o.credentials_changed_at, r.since)))) ORDER BY r.since, o.account_id)
      FROM organisation_representative r JOIN account o ON o.account_id = r.account_id
      WHERE r.representative_id = f.account_id AND r.ended_at IS NULL AND o.state = 'active'
        AND NOT EXISTS (SELECT 1 FROM account_lock l WHERE l.account_id = o.account_id AND l.ended_at IS NULL)) END AS organisations) o
  WHERE f.account_id = $1`;

const LOOK_AND_RECORD = `WITH look AS (${LOOK}), unchanged AS (SELECT 1 FROM look WHERE version = $4), event AS (${recordForEach('unchanged', '$5', '$6')})
  SELECT look.*, EXISTS (SELECT 1 FROM unchanged) AS recorded FROM look`;

/**
 * Account, locks, consents, the portal's state, and the organisations represented where the portal may ask for them, in one
 * statement, with or without an event: it runs at every use of a token.
 */
export async function selectAccessFacts(
  sql: Sql,
  keyring: Keyring,
  subject: SubjectId,
  portal: Portal,
  expected?: ExpectedEvent,
): Promise<AccessLook> {
  const who = [subject, portal.portalId satisfies PortalId, asksForOrganisation(portal)];
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
    portal: {
      ...portal,
      disabled: row.portal_state?.disabled === true,
      ...(typeof row.portal_state?.reopened === 'number' && { reopenedAtSeconds: row.portal_state.reopened }),
    },
    decisions: row.decisions,
    organisations: (row.organisations ?? []).map((one) => toRepresented(keyring, one)),
    version: row.version,
    isRecorded: row.recorded,
  };
}

const asksForOrganisation = (portal: Portal): boolean => portal.claims.some(({ name }) => name === 'organisation');

const toRepresented = (keyring: Keyring, { subject, record, sinceSeconds }: OrganisationRow): Represented => ({
  subject,
  record: openOrganisation(keyring, subject, Buffer.from(record, 'base64')),
  sinceSeconds,
});
