import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { OperatorError } from '../../kernel/operator-error.ts';
import type { ServerAccount } from './server-account.ts';

/**
 * Makes the folder of the cluster that is wanted in `wanted`, and says where it is: there, or in /var/lib
 * when the account of the server cannot reach `wanted`. Throws OperatorError when it cannot be made.
 */
export function clusterFolder(wanted: string, account: ServerAccount): string {
  const elsewhere = folderElsewhere(wanted);
  if (account.uid !== undefined && existsSync(elsewhere)) return elsewhere;
  makeFor(wanted, account);
  if (account.uid === undefined || mayWrite(wanted, account)) return wanted;
  rmdirSync(wanted);
  makeFor(elsewhere, account);
  return elsewhere;
}

/** Every place where the cluster of `wanted` may lie. */
export const clusterFoldersOf = (wanted: string): string[] =>
  [wanted, ...(process.getuid?.() === 0 ? [folderElsewhere(wanted)] : [])].filter((folder) => existsSync(folder));

// one a checkout
const folderElsewhere = (wanted: string): string =>
  path.join('/var/lib', `danh-tinh-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);

const mayWrite = (folder: string, account: ServerAccount): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -w "$0"', folder], { ...account, cwd: '/' }).status === 0;

function makeFor(folder: string, { uid, gid }: ServerAccount): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (uid === undefined || gid === undefined) return;
    if (statSync(folder).uid !== uid && readdirSync(folder).length > 0) throw new Error('another account made it');
    chownSync(folder, uid, gid);
  } catch (cause) {
    throw new OperatorError(
      `The data folder ${folder} cannot be used (${(cause as Error).message}). "npm run reset" starts over.`,
      { cause },
    );
  }
}
