import type { KoaContextWithOIDC } from 'oidc-provider';
import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { AccessFacts } from '../../portals/portal-access.policy.ts';
import { readAccess, type AccessDeps } from './read-access.ts';
import { sessionStanding, type SessionClaims, type SessionStanding } from './session-standing.policy.ts';

/** The library's session with what extend-session adds. */
export interface LiveSession {
  accountId?: string;
  acr?: string;
  amr?: string[];
  loginTs?: number;
  signedInAt?: number;
}

export interface SessionDeps extends AccessDeps {
  readonly clock: Clock;
}

export const sessionClaims = (session: LiveSession): SessionClaims => ({
  amr: session.amr ?? [],
  authTimeSeconds: session.loginTs ?? 0,
  signedInAtSeconds: session.signedInAt ?? session.loginTs ?? 0,
});

export const sessionOf = (ctx: KoaContextWithOIDC): LiveSession => ctx.oidc.session as unknown as LiveSession;

/** The session of this request and what stands of it; `ended` also when nobody is signed in. */
export async function standingOf(
  deps: SessionDeps,
  ctx: KoaContextWithOIDC,
): Promise<{ standing: SessionStanding; facts: AccessFacts | undefined }> {
  const session = sessionOf(ctx);
  if (session.accountId === undefined) return { standing: { kind: 'ended' }, facts: undefined };
  const portalId = ctx.oidc.client?.clientId ?? '';
  const facts = await readAccess(deps, ctx.req, session.accountId as SubjectId, portalId);
  return { standing: sessionStanding(facts, sessionClaims(session), epochSeconds(deps.clock.now())), facts };
}
