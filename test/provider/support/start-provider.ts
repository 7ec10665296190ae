import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';

export interface RunningProvider {
  readonly issuer: string;
  readonly keysDir: string;
  /** What it logged so far. */
  readonly log: () => string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const cleanUps: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

/** Starts the provider as a process; stopped after the last test of the file. */
export async function startProvider(options: {
  db: string;
  cache: string;
  sandbox?: boolean;
  keysDir?: string;
  port?: number;
  /** An address with TLS ended before the provider; it then listens on `port`. */
  issuer?: string;
  /** A file with a certificate it trusts besides the public ones. */
  trust?: string;
}): Promise<RunningProvider> {
  const keysDir = options.keysDir ?? mkdtempSync(path.join(tmpdir(), 'eid-keys-'));
  const port = options.port ?? (await freePort());
  const issuer = options.issuer ?? `http://localhost:${port}`;
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'provider-process.ts')], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      ISSUER: issuer,
      PORT: String(port),
      KEYS_DIR: keysDir,
      SANDBOX: String(options.sandbox ?? false),
      DB: options.db,
      CACHE: options.cache,
      ...(options.trust !== undefined && { NODE_EXTRA_CA_CERTS: options.trust }),
    },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    void gone.then(() => reject(new Error(`the provider did not start: ${written}`)));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    await gone;
  };
  cleanUps.push(async () => {
    await stop();
    if (options.keysDir === undefined) rmSync(keysDir, { recursive: true, force: true });
  });
  return { issuer, keysDir, log: () => written, stop };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
