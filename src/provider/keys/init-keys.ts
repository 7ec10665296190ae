import type { Clock } from '../../kernel/clock.ts';
import { randomToken } from '../../kernel/random.ts';
import { hasSecrets, hasSigningKeys, writeSecrets, writeSigningKeys } from './key-folder.ts';
import { generateSigningKey } from './signing-key.ts';

const SECRET_BYTES = 32;

/** Makes the provider's keys in `dir` where there are none; those that exist are left alone. Whether anything was made. */
export function initKeys(deps: { clock: Clock }, dir: string): { readonly kind: 'made' | 'present' } {
  const missing = [!hasSigningKeys(dir), !hasSecrets(dir)];
  const now = deps.clock.now();
  if (missing[0]) writeSigningKeys(dir, [generateSigningKey('current', now), generateSigningKey('next', now)]);
  if (missing[1]) {
    writeSecrets(dir, {
      cookieKeys: [randomToken(SECRET_BYTES)],
      dpopNonce: randomToken(SECRET_BYTES),
      pairwise: randomToken(SECRET_BYTES),
    });
  }
  return { kind: missing.includes(true) ? 'made' : 'present' };
}
