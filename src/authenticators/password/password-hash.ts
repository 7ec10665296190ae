import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Sealed } from '../../kernel/sealed.ts';
import { getKey, type Keyring } from '../../storage/keyring.ts';

/** argon2id (its number in the package: 2) as OWASP's Password Storage Cheat Sheet asks at least: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const SALT_BYTES = 16;

/** What is kept of a password: argon2id in PHC form, and the version of the pepper that keys it. */
export interface PasswordHash {
  readonly phc: string;
  readonly pepperVersion: number;
}

type Peppers = Pick<Keyring, 'peppers'>;

const base64 = (bytes: number) => Buffer.alloc(bytes).toString('base64').replace(/=+$/, '');

/** Matches no password, and costs the same as one made with today's parameters: for numbers without a password. */
const NO_ONES_HASH = [
  '',
  'argon2id',
  'v=19',
  `m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}`,
  base64(SALT_BYTES),
  base64(PARAMETERS.outputLen),
].join('$');

/** Unicode NFC: the same characters typed on another keyboard are the same password. */
const normalised = (password: Sealed<string>): string => password.reveal().normalize('NFC');

/** Hashes under today's parameters and pepper. Run it in a lane of the hash queue. */
export async function hashPassword(keyring: Peppers, password: Sealed<string>): Promise<PasswordHash> {
  const pepperVersion = keyring.peppers.current;
  const secret = getKey(keyring.peppers, pepperVersion);
  return { phc: await hash(normalised(password), { ...PARAMETERS, secret }), pepperVersion };
}

/** Whether the password is the one; for an absent hash false, at the same cost. Run it in a lane of the hash queue. */
export async function matchesHash(
  keyring: Peppers,
  password: Sealed<string>,
  kept: PasswordHash | undefined,
): Promise<boolean> {
  const secret = getKey(keyring.peppers, kept?.pepperVersion ?? keyring.peppers.current);
  const matches = await verify(kept?.phc ?? NO_ONES_HASH, normalised(password), { secret });
  return matches && kept !== undefined;
}

/** Whether the hash was made with parameters or a pepper that are no longer today's. */
export function needsRehash(keyring: Peppers, kept: PasswordHash): boolean {
  if (kept.pepperVersion !== keyring.peppers.current) return true;
  const used = parseOptions(kept.phc);
  return (
    used.memoryCost !== PARAMETERS.memoryCost ||
    used.timeCost !== PARAMETERS.timeCost ||
    used.parallelism !== PARAMETERS.parallelism
  );
}
