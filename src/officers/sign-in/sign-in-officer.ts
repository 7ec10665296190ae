import { epochSeconds } from '../../kernel/clock.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { OfficerId } from '../officer.ts';
import {
  deleteSession,
  insertSession,
  newSessionToken,
  sessionKeyOf,
  type OfficerSession,
  type OfficerSessionKey,
} from './officer-session.store.ts';
import { verifyOfficerPasskey, type OfficerPasskeyOutcome, type VerifyOfficerDeps } from './verify-officer-passkey.ts';

export type OfficerSignInOutcome =
  | Exclude<OfficerPasskeyOutcome, { kind: 'verified' }>
  /** `token` is for the browser's cookie alone. */
  | { readonly kind: 'signed_in'; readonly token: Sealed<string> };

/**
 * Opens the console to whose passkey answered: a session of its own, never one the browser brought along. `before`: that one,
 * which ends here.
 */
export async function signInOfficer(
  deps: VerifyOfficerDeps,
  browser: string,
  response: unknown,
  before?: OfficerSessionKey,
): Promise<OfficerSignInOutcome> {
  const outcome = await verifyOfficerPasskey(deps, browser, response);
  if (outcome.kind !== 'verified') return outcome;
  const seconds = epochSeconds(outcome.at);
  const { officerId } = outcome;
  if (before) await deleteSession(deps.cache, before);
  return open(deps, { officerId, startedSeconds: seconds, seenSeconds: seconds, authTimeSeconds: seconds });
}

/** The same officer shows the passkey again: a new token for the same session, whose 12 hours go on. */
export async function reauthenticateOfficer(
  deps: VerifyOfficerDeps,
  browser: string,
  current: { readonly key: OfficerSessionKey; readonly officerId: OfficerId; readonly startedSeconds: number },
  response: unknown,
): Promise<OfficerSignInOutcome> {
  const outcome = await verifyOfficerPasskey(deps, browser, response, current.officerId);
  if (outcome.kind !== 'verified') return outcome;
  const seconds = epochSeconds(outcome.at);
  const { officerId, startedSeconds } = current;
  const opened = await open(deps, { officerId, startedSeconds, seenSeconds: seconds, authTimeSeconds: seconds });
  await deleteSession(deps.cache, current.key);
  return opened;
}

async function open(deps: VerifyOfficerDeps, session: OfficerSession): Promise<OfficerSignInOutcome> {
  const token = newSessionToken();
  const key = sessionKeyOf(token);
  if (!key) throw new Error('a fresh token has no key');
  await insertSession(deps.cache, key, session);
  return { kind: 'signed_in', token: new Sealed(token) };
}
