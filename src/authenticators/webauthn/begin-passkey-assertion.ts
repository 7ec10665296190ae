import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Cache } from '../../storage/redis.ts';
import { saveChallenge } from './challenge.store.ts';
import { askPasskey } from './passkey-options.ts';
import type { RelyingParty } from './relying-party.ts';

/**
 * A challenge for any passkey of ours on the person's devices, good once, for 5 minutes, in this transaction. With `subject`
 * only that account's will do. No list of credentials is given out: it would tell who has any.
 */
export async function beginPasskeyAssertion(
  deps: { readonly cache: Cache; readonly relyingParty: RelyingParty },
  transaction: string,
  subject?: SubjectId,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await askPasskey(deps.relyingParty);
  await saveChallenge(deps.cache, options.challenge, {
    purpose: 'assert',
    transaction,
    ...(subject ? { subject } : {}),
  });
  return options;
}
