import type { Account, KoaContextWithOIDC } from 'oidc-provider';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { actsFor } from '../../portals/acting.policy.ts';
import { allowedClaims } from '../../portals/consent.policy.ts';
import type { AccessFacts } from '../../portals/portal-access.policy.ts';
import { parseGrantId } from './grant-id.ts';
import { pairwiseSubject } from './pairwise-subject.ts';
import { personClaims } from './person-claims.ts';
import { readAccess, type AccessDeps } from './read-access.ts';

/**
 * The person as the portal of this request may see them: the claims agreed with it and allowed by the person, and nothing
 * else whatever is asked; and the organisation they chose to act for. Undefined when there is no such account.
 */
export async function findAccount(
  deps: AccessDeps & { readonly secrets: { readonly pairwise: Sealed<Buffer> } },
  ctx: KoaContextWithOIDC,
  accountId: string,
  token?: { clientId?: string | undefined; aud?: unknown; grantId?: string | undefined },
): Promise<Account | undefined> {
  const portalId = token?.clientId ?? ctx.oidc.client?.clientId ?? '';
  const facts = await readAccess(deps, ctx.req, accountId as SubjectId, portalId);
  const { account, portal, decisions } = facts;
  if (!account || !portal) return undefined;
  return {
    accountId,
    claims: () => ({
      sub: accountId,
      ...(account.level && { account_level: account.level }),
      // a token for another server is no reason to hand out what userinfo is there for
      ...(token?.aud === undefined && {
        ...personClaims(account.personal.reveal(), allowedClaims(portal, decisions)),
        ...organisationClaim(deps.secrets.pairwise, facts, token?.grantId),
      }),
    }),
  };
}

/** Who acts for whom, as it was chosen for this grant and still stands (docs/adr/0011). The library leaves it out unasked. */
function organisationClaim(key: Sealed<Buffer>, facts: AccessFacts, grantId: string | undefined): object | undefined {
  const grant = grantId === undefined ? undefined : parseGrantId(grantId);
  const organisation = grant && actsFor(facts, grant.actingFor, grant.issuedAtSeconds);
  if (!organisation || !facts.portal) return undefined;
  const { taxNumber, name } = organisation.record.reveal();
  const sub = pairwiseSubject(key, facts.portal.sector, organisation.subject);
  return { organisation: { sub, tax_number: taxNumber, name, role: 'legal_representative' } };
}
