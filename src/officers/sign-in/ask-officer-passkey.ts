import type { RelyingParty } from '../../authenticators/webauthn/relying-party.ts';
import { askPasskey } from '../../authenticators/webauthn/passkey-options.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import type { OfficerId } from '../officer.ts';
import { saveChallenge } from './officer-challenge.store.ts';
import { selectPasskeyIds } from './officer-passkey.store.ts';

/**
 * A challenge for an officer's passkey, good once, for 5 minutes, in this browser. With `officerId` (re-authentication) only
 * that officer's will do, and they are named; without, none is: it would tell who has any.
 */
export async function askOfficerPasskey(
  deps: { readonly db: Sql; readonly cache: Cache; readonly relyingParty: RelyingParty },
  browser: string,
  officerId?: OfficerId,
): Promise<object> {
  const only = officerId ? await selectPasskeyIds(deps.db, officerId) : [];
  const options = await askPasskey(deps.relyingParty, only);
  await saveChallenge(deps.cache, options.challenge, { purpose: 'assert', browser, ...(officerId && { officerId }) });
  return options;
}
