import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Sealed } from '../../kernel/sealed.ts';
import type { SigningKey, SigningJwk, SigningKeyState } from './signing-key.ts';

const SIGNING_FILE = 'signing.json';
const SECRETS_FILE = 'provider.json';
const SANDBOX_FILE = 'sandbox-rs256.json';

/** Secrets of the provider that do not rotate with the signing keys. The pairwise key is for life: every `sub` hangs on it. */
export interface ProviderSecrets {
  /** Newest first: the first signs, all verify. */
  readonly cookieKeys: readonly Sealed<string>[];
  readonly dpopNonce: Sealed<Buffer>;
  readonly pairwise: Sealed<Buffer>;
}

interface SigningRow {
  readonly state: SigningKeyState;
  readonly publishedAt: string;
  readonly keptUntil?: string;
  readonly jwk: SigningJwk;
}

export const hasSigningKeys = (dir: string): boolean => existsSync(path.join(dir, SIGNING_FILE));
export const hasSecrets = (dir: string): boolean => existsSync(path.join(dir, SECRETS_FILE));

/** The signing keys of the folder. Throws when the file is missing or damaged. */
export function readSigningKeys(dir: string): SigningKey[] {
  const { keys } = readJson(path.join(dir, SIGNING_FILE)) as { keys: SigningRow[] };
  return keys.map(({ state, publishedAt, keptUntil, jwk }) => ({
    state,
    publishedAt: new Date(publishedAt),
    ...(keptUntil && { keptUntil: new Date(keptUntil) }),
    jwk,
  }));
}

export const writeSigningKeys = (dir: string, keys: readonly SigningKey[]): void =>
  writeJson(dir, SIGNING_FILE, { keys });

/** The provider's other secrets. Throws when the file is missing or damaged. */
export function readSecrets(dir: string): ProviderSecrets {
  const file = readJson(path.join(dir, SECRETS_FILE)) as { cookieKeys: string[]; dpopNonce: string; pairwise: string };
  return {
    cookieKeys: file.cookieKeys.map((key) => new Sealed(key)),
    dpopNonce: new Sealed(Buffer.from(file.dpopNonce, 'base64url')),
    pairwise: new Sealed(Buffer.from(file.pairwise, 'base64url')),
  };
}

export const writeSecrets = (
  dir: string,
  secrets: { cookieKeys: readonly string[]; dpopNonce: string; pairwise: string },
): void => writeJson(dir, SECRETS_FILE, secrets);

/** The sandbox's RS256 key; undefined where none was made. Throws when the file is damaged. */
export function readSandboxKey(dir: string): SigningJwk | undefined {
  const file = path.join(dir, SANDBOX_FILE);
  return existsSync(file) ? (readJson(file) as SigningJwk) : undefined;
}

export const writeSandboxKey = (dir: string, jwk: SigningJwk): void => writeJson(dir, SANDBOX_FILE, jwk);

/** Changes whenever the signing keys are written. */
export const signingKeysVersion = (dir: string): number => statSync(path.join(dir, SIGNING_FILE)).mtimeMs;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

function writeJson(dir: string, name: string, value: object): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, name);
  // a reader sees the old file or the new one, never half of it
  writeFileSync(`${file}.new`, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
