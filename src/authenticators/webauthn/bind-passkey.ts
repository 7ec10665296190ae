import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';
import { passkeyEnrolled } from '../events.ts';
import { ensureHandle, insertPasskey } from './passkey.store.ts';

/** A passkey whose key is known in another way than by a ceremony. */
export interface ForeignPasskey {
  /** As base64url. */
  readonly credentialId: string;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  readonly userHandle: Buffer;
  readonly name: string;
  readonly synced: boolean;
}

const NO_AAGUID = '00000000-0000-0000-0000-000000000000';

/**
 * Binds such a passkey in the caller's transaction. Who may is the caller's to decide. Gives back the handle that the account
 * is known by: an earlier one stays.
 */
export async function bindPasskey(
  deps: { readonly clock: Clock },
  sql: Sql,
  subject: SubjectId,
  { credentialId, publicKey, userHandle, name, synced }: ForeignPasskey,
): Promise<Buffer> {
  const passkey = {
    credentialId: Buffer.from(credentialId, 'base64url'),
    publicKey,
    counter: 0,
    maySync: synced,
    synced,
    transports: [],
    aaguid: NO_AAGUID,
    name,
  };
  const handle = await ensureHandle(sql, subject, userHandle);
  await insertPasskey(sql, subject, passkey, passkeyEnrolled(subject, synced), deps.clock.now());
  return handle;
}
