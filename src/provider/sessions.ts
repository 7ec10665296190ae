import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import type { Acr } from '../assurance/assurance-level.ts';
import { epochSeconds } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { readAccess } from './sign-on/read-access.ts';
import { sessionClaims, type LiveSession, type SessionDeps } from './sign-on/session-facts.ts';
import { sessionStanding } from './sign-on/session-standing.policy.ts';

export interface CurrentSession {
  readonly subject: SubjectId;
  /** The level the session truthfully has now. */
  readonly acr: Acr;
  readonly amr: readonly string[];
  readonly authTimeSeconds: number;
}

export interface Sessions {
  /** Who is signed in in this browser; undefined when nobody is, or the session or its account no longer counts. */
  current(ctx: Context): Promise<CurrentSession | undefined>;
}

/** The login session, for the citizen's own pages. */
export const createSessions = (deps: SessionDeps & { provider: () => Provider }): Sessions => ({
  async current(ctx) {
    const { Session } = deps.provider();
    const session = (await Session.get(ctx)) as unknown as LiveSession;
    if (session.accountId === undefined) return undefined;
    const subject = session.accountId as SubjectId;
    const claims = sessionClaims(session);
    const facts = await readAccess(deps, ctx.req, subject, 'account');
    const standing = sessionStanding(facts, claims, epochSeconds(deps.clock.now()));
    if (standing.kind === 'ended') return undefined;
    return { subject, acr: standing.acr, amr: claims.amr, authTimeSeconds: claims.authTimeSeconds };
  },
});
