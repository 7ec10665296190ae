import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { sealField } from '../../storage/sealed-field.ts';
import { totpEnrolled } from '../events.ts';
import { totpContext } from './totp.ts';
import { upsertTotp } from './totp.store.ts';

/** Binds a secret (base32) that was handed over in another way, in the caller's transaction. Who may is the caller's to decide. */
export async function bindTotp(
  deps: { readonly clock: Clock; readonly keyring: Pick<Keyring, 'sealing'> },
  sql: Sql,
  subject: SubjectId,
  secret: Sealed<string>,
): Promise<void> {
  const sealed = sealField(deps.keyring, secret.reveal(), totpContext(subject));
  await upsertTotp(sql, subject, sealed, 0, totpEnrolled(subject), deps.clock.now());
}
