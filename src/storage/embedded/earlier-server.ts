import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { OperatorError } from '../../kernel/operator-error.ts';

const OWNER = 'owner.pid';

/** The file in which a running server names the process it belongs to. */
export const ownerFile = (folder: string): string => path.join(folder, OWNER);

/**
 * Stops a server that a killed process left behind on `folder`: two on one folder would destroy the data.
 * Throws OperatorError when its process still lives, or when it does not stop within 10 s.
 */
export async function stopEarlierServer(folder: string): Promise<void> {
  const pid = serverOn(folder);
  if (pid === undefined) return;
  const owner = Number(read(ownerFile(folder)));
  if (owner !== process.pid && commandOf(owner).includes('node')) {
    throw new OperatorError(`The data in ${folder} is in use by process ${owner}: stop that one first.`);
  }
  signal(pid);
  for (let waited = 0; waited < 100; waited++) {
    if (serverOn(folder) === undefined) return;
    await delay(100);
  }
  throw new OperatorError(`An earlier PostgreSQL (process ${pid}) still runs on ${folder} and does not stop.`);
}

function serverOn(folder: string): number | undefined {
  const data = path.join(folder, 'pgdata');
  const pid = Number(read(path.join(data, 'postmaster.pid')).split('\n')[0]);
  return commandOf(pid).includes(data) ? pid : undefined;
}

function commandOf(pid: number): string {
  if (!(pid > 0)) return '';
  if (process.platform === 'linux') return read(`/proc/${pid}/cmdline`);
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // it ended meanwhile
  }
}
