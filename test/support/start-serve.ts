import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { freePort } from '../provider/support/start-provider.ts';

const REPOSITORY = path.join(import.meta.dirname, '../..');

/** `eid serve` as a process of its own; resolves when it listens. */
export async function startServe(env: NodeJS.ProcessEnv): Promise<{ lines(): string[]; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['src/cli/eid.ts', 'serve'], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env,
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    void gone.then(() => reject(new Error(`the provider did not start: ${written}`)));
  });
  return {
    lines: () => written.split('\n'),
    async stop() {
      child.kill();
      await gone;
    },
  };
}

/** The first of three free ports in a row. */
export async function threeFreePorts(): Promise<number> {
  for (;;) {
    const first = await freePort();
    if ((await isFree(first + 1)) && (await isFree(first + 2))) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
