import { mkdirSync } from 'node:fs';

import type { Clock } from '../kernel/clock.ts';
import { initKeys } from '../provider/keys/init-keys.ts';
import { initKeyring } from '../storage/keyring-file.ts';

/** Makes in `folder` every key that is not there yet: those that guard the data, and those that sign. */
export function makeKeys(deps: { clock: Clock }, folder: string): { kind: 'made' | 'present' } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const outcomes = [initKeyring(folder), initKeys(deps, folder)];
  return { kind: outcomes.some(({ kind }) => kind === 'made') ? 'made' : 'present' };
}
