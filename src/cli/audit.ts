import { readFileSync } from 'node:fs';
import { OperatorError } from '../kernel/operator-error.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { verifyExport } from '../officers/audit/verify-export.ts';
import type { PublishedKeys } from '../provider/keys/verify-detached.ts';

const USAGE = 'Usage: eid audit verify <file> <address or file of the published keys>';
const PATIENCE_MS = 10_000;

/** `eid audit verify <file> <keys>`: whether an export of the trail is, byte for byte, what the provider sealed. */
export async function audit([action, file, keys, ...more]: string[]): Promise<void> {
  if (action !== 'verify' || file === undefined || keys === undefined || more.length > 0)
    throw new OperatorError(USAGE);
  const verdict = verifyExport(read(file), await keysOf(keys));
  switch (verdict.kind) {
    case 'genuine':
      process.stdout.write(`genuine: sha-256 ${verdict.digest}, sealed by the key ${verdict.kid}\n`);
      return;
    case 'changed':
      throw new OperatorError('Changed: the file is not what its seal names.');
    case 'unsealed':
      throw new OperatorError('Not whole: the last line is no seal.');
    case 'not_ours':
      throw new OperatorError('The seal was made by none of these keys.');
    default:
      return unreachable(verdict);
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new OperatorError(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

async function keysOf(where: string): Promise<PublishedKeys> {
  try {
    const text = /^https?:/.test(where)
      ? await (await fetch(where, { signal: AbortSignal.timeout(PATIENCE_MS) })).text()
      : read(where).toString('utf8');
    const { keys } = JSON.parse(text) as Partial<PublishedKeys>;
    if (!Array.isArray(keys)) throw new Error('they are no JWK set');
    return { keys };
  } catch (cause) {
    throw new OperatorError(`The keys at ${where} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
