import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { OperatorError } from '../../kernel/operator-error.ts';
import { randomToken } from '../../kernel/random.ts';
import type { ServerAccount } from './server-account.ts';

/** A cluster on disk: where it is, who runs it, how to speak to it. */
export interface PostgresCluster {
  data: string;
  folder: string;
  binaries: string;
  account: ServerAccount;
  password: string;
}

/** What every PostgreSQL program gets: nothing of our environment, which holds secrets. */
export const serverEnvironment = (folder: string): Record<string, string> => ({
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  HOME: folder,
});

/** The sentence for data that no longer starts; `why` is PostgreSQL's own word. */
export const damagedData = (folder: string, why: string): OperatorError =>
  new OperatorError(`The data in ${folder} cannot be used (${why}). "npm run reset" starts over.`);

/** The cluster in `folder`, made if there is none yet. Throws OperatorError when what lies there is no whole cluster. */
export async function ensureCluster(
  folder: string,
  binaries: string,
  account: ServerAccount,
): Promise<PostgresCluster> {
  const data = path.join(folder, 'pgdata');
  const passwordFile = path.join(folder, 'password');
  if (existsSync(data)) {
    if (!existsSync(path.join(data, 'PG_VERSION'))) throw damagedData(folder, 'it is no database');
    if (!existsSync(passwordFile)) throw damagedData(folder, 'its password file is gone');
    return { data, folder, binaries, account, password: readFileSync(passwordFile, 'utf8') };
  }
  const password = randomToken(18);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid);
  await initialise({ data, folder, binaries, account, password }, passwordFile);
  return { data, folder, binaries, account, password };
}

async function initialise(cluster: PostgresCluster, passwordFile: string): Promise<void> {
  // made beside its place and moved there when whole: an interrupted first start leaves nothing that looks like data
  const half = `${cluster.data}.half`;
  rmSync(half, { recursive: true, force: true });
  const initdb = spawn(
    path.join(cluster.binaries, 'bin/initdb'),
    // prettier-ignore
    [
      '-D', half, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions',
      // syncing every file takes most of a first start; a power failure just then loses an empty cluster
      '--no-sync',
    ],
    {
      ...cluster.account,
      cwd: cluster.folder,
      env: serverEnvironment(cluster.folder),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const said = text(initdb.stderr);
  const [status] = (await once(initdb, 'exit')) as [number | null];
  if (status !== 0) {
    throw new OperatorError(`PostgreSQL could not make its data folder ${cluster.folder}: ${lastLine(await said)}`);
  }
  renameSync(half, cluster.data);
}

/** The last thing a program said, in one line, without the time and process number before it. */
export const lastLine = (said: string): string =>
  said
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^[-\d]+ [:.\d]+ UTC \[\d+\] /, '')
    .trim() ?? '';
