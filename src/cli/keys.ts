import { parseArgs } from 'node:util';
import { loadKeysDir } from '../config/command-settings.ts';
import { systemClock } from '../kernel/clock.ts';
import { OperatorError } from '../kernel/operator-error.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { listKeys } from '../provider/keys/list-keys.ts';
import { rotateKeys } from '../provider/keys/rotate-keys.ts';
import { rotateKeyring } from '../storage/keyring-file.ts';
import { makeKeys } from './make-keys.ts';

const deps = { clock: systemClock };
const print = (line: string) => process.stdout.write(`${line}\n`);

/** `eid keys init|rotate [--emergency] [--data]|list`: the keys in EID_KEYS_DIR. Never prints a secret. */
export async function keys(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { emergency: { type: 'boolean', default: false }, data: { type: 'boolean', default: false } },
  });
  const folder = loadKeysDir();
  switch (positionals.join(' ')) {
    case 'init':
      print(makeKeys(deps, folder).kind === 'made' ? `made keys in ${folder}` : `the keys in ${folder} are complete`);
      return;
    case 'rotate':
      if (values.data) return rotateDataKeys(folder);
      return rotateSigningKeys(folder, values.emergency);
    case 'list':
      return list(folder);
    default:
      throw new OperatorError('Usage: eid keys init | rotate [--emergency] [--data] | list');
  }
}

function rotateSigningKeys(folder: string, emergency: boolean): void {
  const outcome = orMissing(folder, () => rotateKeys(deps, folder, { emergency }));
  switch (outcome.kind) {
    case 'rotated':
      return void print(`signing with ${outcome.signingKid}; running providers follow within seconds`);
    case 'too_early':
      throw new OperatorError(
        `The next key has not been published for long enough: portals may not know it before ${outcome.at.toISOString()}. In an emergency: eid keys rotate --emergency`,
      );
    default:
      return unreachable(outcome);
  }
}

function rotateDataKeys(folder: string): void {
  rotateKeyring(folder);
  print('new data is sealed with the next key once each provider was restarted, one after another');
}

function list(folder: string): void {
  for (const key of orMissing(folder, () => listKeys(deps, folder))) {
    const until = key.keptUntil ? `, kept until ${key.keptUntil.toISOString()}` : '';
    print(`${key.kid}  ${key.state}, published ${key.publishedAt.toISOString()}${until}`);
  }
}

function orMissing<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new OperatorError(`There are no signing keys in ${folder}: run "eid keys init".`, { cause });
  }
}
