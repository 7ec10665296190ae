import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';

import { clusterFolder, removeClusterFolder } from './cluster-folder.ts';
import { ownerFile, stopEarlierServer } from './earlier-server.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { damagedData, ensureCluster, lastLine, serverEnvironment } from './postgres-cluster.ts';
import type { PostgresCluster } from './postgres-cluster.ts';
import { serverAccount } from './server-account.ts';

export interface EmbeddedPostgres {
  url: string;
  /** Resolves when the server is gone; open connections are cut. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL 18 from npm, for development and tests: loopback, a random port and password, data in `folder`.
 * It ends with this process, however that ends. `durable: false` trades safety for speed (tests).
 * Throws OperatorError with one sentence when it is not installed here or its data cannot be used.
 */
export async function startEmbeddedPostgres(options: { folder: string; durable: boolean }): Promise<EmbeddedPostgres> {
  const account = serverAccount();
  const folder = await clusterFolder(path.resolve(options.folder), account);
  await stopEarlierServer(folder);
  const cluster = await ensureCluster(folder, postgresBinaries(account), account);
  writeFileSync(ownerFile(folder), String(process.pid));
  const port = await freePort();
  const server = run(cluster, { ...SETTINGS, ...(options.durable ? {} : NOT_DURABLE), port });
  const gone = once(server, 'exit');
  await ready(server, folder);
  const guard = endWithThisProcess(server, cluster);
  return {
    url: `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.ref();
      server.kill('SIGINT');
      await gone;
      guard.kill('SIGKILL');
      rmSync(ownerFile(folder), { force: true });
    },
  };
}

/** Removes what `startEmbeddedPostgres` made for `folder`. Throws OperatorError while another process uses it. */
export const removeEmbeddedPostgres = (folder: string): Promise<void> => removeClusterFolder(path.resolve(folder));

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

type Server = ChildProcessByStdio<null, null, Readable>;

const run = (cluster: PostgresCluster, settings: Record<string, string | number>): Server =>
  spawn(
    path.join(cluster.binaries, 'bin/postgres'),
    ['-D', cluster.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...cluster.account,
      cwd: cluster.folder,
      env: serverEnvironment(cluster.folder),
      stdio: ['ignore', 'ignore', 'pipe'],
      // a group of its own: Ctrl-C reaches us first, and we stop the server last
      detached: true,
    },
  );

async function ready(server: Server, folder: string): Promise<void> {
  let said = '';
  const listening = new Promise<void>((resolve) => {
    server.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
      if (said.includes('ready to accept connections')) resolve();
    });
  });
  // 'close' and not 'exit': what it said last may still be on its way when it has gone
  const ended = once(server, 'close').then(() => {
    throw damagedData(folder, lastLine(said));
  });
  await Promise.race([listening, ended]);
  ended.catch(() => {}); // from here on its end is the business of stop()
  server.unref();
  (server.stderr as Readable & { unref(): void }).unref();
}

// its input closes when this process ends in whatever way, even by SIGKILL; then it stops the server
function endWithThisProcess(server: Server, cluster: PostgresCluster): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read _; kill -INT "$0"', String(server.pid)], {
    ...cluster.account,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  (guard.stdin as typeof guard.stdin & { unref(): void }).unref();
  return guard;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
