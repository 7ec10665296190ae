import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../provider/support/start-provider.ts';
import { threeFreePorts } from './start-serve.ts';

export interface RunningSandbox {
  readonly issuer: string;
  /** Addresses of the demo portals: LoA1, LoA2, LoA3. */
  readonly portals: readonly [string, string, string];
  /** All it wrote to its screen. */
  screen(): string;
  stop(): Promise<void>;
}

const PROGRAM = path.join(import.meta.dirname, '../../src/cli/eid.ts');

/** `eid sandbox` as a person starts it, in an empty folder, on free ports; resolves when its screen says that it is ready. */
export async function startSandbox(): Promise<RunningSandbox> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eid-sandbox-'));
  const [port, portalPort] = [await freePort(), await threeFreePorts()];
  const child = spawn(process.execPath, [PROGRAM, 'sandbox'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      EID_PORT: String(port),
      EID_SANDBOX_PORTAL_PORT: String(portalPort),
      EID_SANDBOX_PEOPLE: '1000',
    },
  });
  let screen = '';
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const at = (index: number): string => `http://localhost:${portalPort + index}`;
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        screen += String(chunk);
        if (screen.includes('The sandbox is ready')) resolve();
      });
    }
    void gone.then(() => reject(new Error(`the sandbox did not start: ${screen}`)));
  });
  return { issuer: `http://localhost:${port}`, portals: [at(0), at(1), at(2)], screen: () => screen, stop };
}
