import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `eid` as an operator does: a program of its own, with this environment and no more. */
export function runEid(args: string[], env: Record<string, string> = {}, cwd = process.cwd()): Promise<Ended> {
  const eid = spawn(process.execPath, [path.resolve('src/cli/eid.ts'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
  });
  const said = { out: '', err: '' };
  eid.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  eid.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve) => eid.once('close', (code) => resolve({ code, ...said })));
}
