import { generateKeyPairSync } from 'node:crypto';
import { readSandboxKey, writeSandboxKey } from './key-folder.ts';
import { thumbprint, type SigningJwk } from './signing-key.ts';

const BITS = 2048;

/**
 * The RS256 key of a sandbox, made in `dir` at its first start. Only what a tester's portal asks for by name is signed with
 * it; it does not rotate. Throws when its file is damaged.
 */
export function sandboxKey(dir: string): SigningJwk {
  const present = readSandboxKey(dir);
  if (present) return present;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: BITS });
  const jwk = privateKey.export({ format: 'jwk' });
  const made: SigningJwk = { ...jwk, kid: thumbprint(jwk), alg: 'RS256', use: 'sig' };
  writeSandboxKey(dir, made);
  return made;
}
