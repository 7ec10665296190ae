import { toAccountFacts, type AccountFactsRow } from '../accounts/account-facts.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import type { ConsentDecision } from './consent.ts';
import type { AccessFacts } from './portal-access.policy.ts';
import type { Portal } from './portal.ts';

interface Row extends AccountFactsRow {
  readonly decisions: readonly ConsentDecision[];
  readonly portal_disabled: boolean;
}

/** Account, locks, consents and the portal's state in one statement: it runs at every use of a token. */
export async function selectAccessFacts(
  sql: Sql,
  keyring: Keyring,
  subject: SubjectId,
  portal: Portal,
): Promise<AccessFacts> {
  const { rows } = await sql.query<Row>({
    name: 'portal-access',
    text: `SELECT f.account_id, f.kind, f.state, f.level, f.personal, f.credentials_changed_at, f.grounds::text[] AS grounds, f.guardian,
             (SELECT coalesce(jsonb_agg(jsonb_build_object('claim', c.claim, 'purposeVersion', c.purpose_version, 'decision', c.decision)), '[]')
              FROM consent c WHERE c.account_id = f.account_id AND c.portal_id = $2 AND c.withdrawn_at IS NULL) AS decisions,
             EXISTS (SELECT 1 FROM portal p WHERE p.portal_id = $2 AND p.disabled_at IS NOT NULL) AS portal_disabled
           FROM account_facts f WHERE f.account_id = $1`,
    values: [subject, portal.portalId satisfies PortalId],
  });
  const [row] = rows;
  if (!row) return { account: undefined, portal, decisions: [] };
  return {
    account: toAccountFacts(keyring, row),
    portal: { ...portal, disabled: row.portal_disabled },
    decisions: row.decisions,
  };
}
