import { achievedLevel } from '../../assurance/achieved-level.policy.ts';
import { proofsOf } from '../../assurance/amr.ts';
import type { Acr } from '../../assurance/assurance-level.ts';
import { mayAnswer, type AccessFacts } from '../../portals/portal-access.policy.ts';

/** What a login session says about itself. */
export interface SessionClaims {
  readonly amr: readonly string[];
  /** Epoch seconds of the oldest proof it rests on. */
  readonly authTimeSeconds: number;
  /** Epoch seconds of the moment the session took the sign-in in. */
  readonly signedInAtSeconds: number;
}

export type SessionStanding = { readonly kind: 'stands'; readonly acr: Acr } | { readonly kind: 'ended' };

const ENDING = ['no_account', 'locked', 'not_active', 'credentials_changed'];

/**
 * Whether a session still speaks for its person, and the level it truthfully has *now*: a passkey older than 15 minutes no
 * longer makes LoA3, an account that dropped a level no longer makes LoA2. What a portal lacks (consent, level) does not
 * end the session: that is for the person to give.
 */
export function sessionStanding(facts: AccessFacts, session: SessionClaims, nowSeconds: number): SessionStanding {
  const { account } = facts;
  if (account?.level === undefined) return { kind: 'ended' };
  const achieved = achievedLevel(account.level, proofsOf(session.amr, session.authTimeSeconds), nowSeconds);
  if (!achieved) return { kind: 'ended' };
  const answer = mayAnswer(facts, { acr: achieved.acr, atSeconds: session.signedInAtSeconds });
  if (answer.kind === 'refused' && ENDING.includes(answer.reason)) return { kind: 'ended' };
  return { kind: 'stands', acr: achieved.acr };
}
