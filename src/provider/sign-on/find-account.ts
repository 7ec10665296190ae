import type { Account, KoaContextWithOIDC } from 'oidc-provider';
import type { SubjectId } from '../../kernel/ids.ts';
import { allowedClaims } from '../../portals/consent.policy.ts';
import { personClaims } from './person-claims.ts';
import { readAccess, type AccessDeps } from './read-access.ts';

/**
 * The person as the portal of this request may see them: the claims agreed with it and allowed by the person, and nothing
 * else whatever is asked. Undefined when there is no such account.
 */
export async function findAccount(
  deps: AccessDeps,
  ctx: KoaContextWithOIDC,
  accountId: string,
  token?: { clientId?: string | undefined; aud?: unknown },
): Promise<Account | undefined> {
  const portalId = token?.clientId ?? ctx.oidc.client?.clientId ?? '';
  const { account, portal, decisions } = await readAccess(deps, ctx.req, accountId as SubjectId, portalId);
  if (!account || !portal) return undefined;
  return {
    accountId,
    claims: () => ({
      sub: accountId,
      ...(account.level && { account_level: account.level }),
      // a token for another server is no reason to hand out what userinfo is there for
      ...(token?.aud === undefined && personClaims(account.personal.reveal(), allowedClaims(portal, decisions))),
    }),
  };
}
