import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';

import { OperatorError } from '../../kernel/operator-error.ts';
import { stopEarlierServer } from './earlier-server.ts';
import type { ServerAccount } from './server-account.ts';

/**
 * Makes the folder of the cluster that is wanted at `wanted`, and says where it really is: there, or behind a link in
 * /var/lib when the account of the server cannot reach `wanted`. Throws OperatorError when it cannot be made.
 */
export async function clusterFolder(wanted: string, account: ServerAccount): Promise<string> {
  try {
    const linked = linkTarget(wanted);
    if (linked !== undefined && existsSync(linked)) return linked;
    if (linked !== undefined) rmSync(wanted);
    makeFor(wanted, account);
    if (account.uid === undefined || mayWrite(wanted, account)) return wanted;
    rmdirSync(wanted);
    return await makeElsewhere(wanted, account);
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(
      `The data folder ${wanted} cannot be used (${(cause as Error).message}). "npm run reset" starts over.`,
      { cause },
    );
  }
}

/** Removes the cluster of `wanted`, wherever it is. Throws OperatorError while another process uses it. */
export async function removeClusterFolder(wanted: string): Promise<void> {
  const real = linkTarget(wanted) ?? wanted;
  await stopEarlierServer(real);
  rmSync(real, { recursive: true, force: true });
  rmSync(wanted, { recursive: true, force: true });
}

async function makeElsewhere(wanted: string, account: ServerAccount): Promise<string> {
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12); // one a checkout
  const folder = path.join('/var/lib', `danh-tinh-${name}`);
  // without a link to it, it is the data of an earlier life, whose keys are gone
  await removeClusterFolder(folder);
  makeFor(folder, account);
  symlinkSync(folder, wanted);
  return folder;
}

const linkTarget = (folder: string): string | undefined =>
  lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(folder) : undefined;

const mayWrite = (folder: string, account: ServerAccount): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -w "$0"', folder], { ...account, cwd: '/' }).status === 0;

function makeFor(folder: string, { uid, gid }: ServerAccount): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (uid === undefined || gid === undefined) return;
  if (statSync(folder).uid !== uid && readdirSync(folder).length > 0) throw new Error('another account made it');
  chownSync(folder, uid, gid);
}
