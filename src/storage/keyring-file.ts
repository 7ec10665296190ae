import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../kernel/operator-error.ts';
import { randomBuffer } from '../kernel/random.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Keyring, VersionedKeys } from './keyring.ts';

const KEY_BYTES = 32;
const FILE = 'data.json';

const Versioned = z.strictObject({
  current: z.int().min(1).max(255),
  keys: z.record(z.string().regex(/^[1-9][0-9]{0,2}$/), z.base64().length(44)),
});
const KeyringFile = z.strictObject({ sealing: Versioned, hashing: Versioned, peppers: Versioned });
type KeyringFile = z.infer<typeof KeyringFile>;

/** The keyring of a text of JSON. Throws OperatorError, which never repeats the text. */
export function parseKeyring(text: string, source: string): Keyring {
  const file = parseFile(text, source);
  return { sealing: opened(file.sealing), hashing: opened(file.hashing), peppers: opened(file.peppers) };
}

/** The keyring in `dir`. Throws OperatorError when it is missing or damaged. */
export const loadKeyring = (dir: string): Keyring => parseKeyring(readText(dir), join(dir, FILE));

/** Makes a keyring in `dir` unless there is one. Whether it was made. */
export function initKeyring(dir: string): { readonly kind: 'made' | 'present' } {
  if (existsSync(join(dir, FILE))) return { kind: 'present' };
  write(dir, { sealing: fresh(), hashing: fresh(), peppers: fresh() });
  return { kind: 'made' };
}

/**
 * Makes the next key of each kind current and adds a new next one. Every running process has known the next key since the
 * rotation before, so that it can read what a restarted one writes: no downtime. Old keys stay, for what they sealed.
 */
export function rotateKeyring(dir: string): void {
  const file = parseFile(readText(dir), join(dir, FILE));
  write(dir, { sealing: rotated(file.sealing), hashing: rotated(file.hashing), peppers: rotated(file.peppers) });
}

function rotated({ current, keys }: KeyringFile['sealing']): KeyringFile['sealing'] {
  const next = current + 1;
  return { current: next, keys: { ...keys, [next]: keys[next] ?? newKey(), [next + 1]: newKey() } };
}

function opened({ current, keys }: KeyringFile['sealing']): VersionedKeys {
  const entries = Object.entries(keys).map(([version, key]): [number, Sealed<Buffer>] => [
    Number(version),
    new Sealed(Buffer.from(key, 'base64')),
  ]);
  return { current, byVersion: new Map(entries) };
}

function parseFile(text: string, source: string): KeyringFile {
  try {
    return KeyringFile.refine((file) =>
      Object.values(file).every(({ current, keys }) => keys[current] !== undefined),
    ).parse(JSON.parse(text));
  } catch {
    throw new OperatorError(`The data keys in ${source} are damaged: restore the file from its backup.`);
  }
}

function readText(dir: string): string {
  try {
    return readFileSync(join(dir, FILE), 'utf8');
  } catch {
    throw new OperatorError(
      `There are no data keys in ${dir}: run "eid keys init", or restore ${FILE} from its backup.`,
    );
  }
}

/** One key in use, and the next one known already. */
const fresh = () => ({ current: 1, keys: { '1': newKey(), '2': newKey() } });
const newKey = () => randomBuffer(KEY_BYTES).toString('base64');

/** Whole or not at all: a half-written keyring would lose the data. */
function write(dir: string, file: KeyringFile): void {
  const path = join(dir, FILE);
  writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
