import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { ExpectedEvent } from '../../portals/find-portal-access.ts';
import { signedOn } from '../events.ts';
import { memoOf } from '../store/request-memo.ts';
import type { GrantId } from './grant-id.ts';

/** What the code of a silent sign-on carries beside what the library writes. */
interface SilentCode {
  /** The facts on which the portal was let in; undefined when a page was shown, which records the sign-in itself. */
  readonly silentOn?: string;
  readonly redirectUri?: string;
  readonly codeChallenge?: string;
  readonly consumed?: number;
}

/** The facts a new code rests on, when the open session alone answered the portal. */
export async function silentOn(ctx: KoaContextWithOIDC | undefined, subject: string | undefined) {
  if (ctx?.oidc.route !== 'authorization') return undefined;
  const look = await memoOf(ctx.req).facts.get(`${subject} ${ctx.oidc.client?.clientId}`);
  return look?.version;
}

/**
 * The event of a sign-on that no page saw, when its code is now brought as it was given out. It is recorded by the statement
 * that looks whether the grant still stands, before the portal has a token: so it costs no statement of its own.
 */
export function silentSignOn(ctx: KoaContextWithOIDC | undefined, grant: GrantId, at: Date): ExpectedEvent | undefined {
  const { code: id, redirect_uri: returnTo, code_verifier: verifier } = ctx?.oidc.params ?? {};
  if (ctx?.oidc.route !== 'token' || typeof id !== 'string') return undefined;
  const code: SilentCode = memoOf(ctx.req).found.get(`AuthorizationCode ${id}`) ?? {};
  const isAsGiven =
    code.consumed === undefined && code.redirectUri === returnTo && answers(code.codeChallenge, verifier);
  if (code.silentOn === undefined || !isAsGiven) return undefined;
  return { version: code.silentOn, event: signedOn(grant), at };
}

/** RFC 7636, 4.6; S256 is the only method here. The library refuses what does not match: this only keeps it off the trail. */
function answers(challenge: string | undefined, verifier: unknown): boolean {
  if (challenge === undefined) return verifier === undefined;
  return typeof verifier === 'string' && createHash('sha256').update(verifier).digest('base64url') === challenge;
}
