import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';

import { removeEmbeddedPostgres } from '../../src/storage/embedded/embedded-postgres.ts';

// ports of our own, so that a sandbox of the developer may run beside
const PORTS = [3960, 4961, 4962, 4963];
const START_MS = 60_000;
const home = mkdtempSync(path.join(tmpdir(), 'eid-sandbox-'));
let sandbox: Started;

interface Started {
  process: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
}

function start(...args: string[]): Started {
  const child = spawn(process.execPath, [path.resolve('src/cli/eid.ts'), 'sandbox', ...args], {
    cwd: home,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      EID_PORT: String(PORTS[0]),
      EID_SANDBOX_PORTAL_PORT: String(PORTS[1]),
      EID_SANDBOX_PEOPLE: '200',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  sandbox = { process: child, said: () => said, ended };
  return sandbox;
}

async function ready(started: Started): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (!started.said().includes('The sandbox is ready')) {
    if (started.process.exitCode !== null || performance.now() > deadline)
      throw new Error(
        `not ready: ${started.said()}${readdirSync(path.join(home, '.data/log'))
          .map((n) => readFileSync(path.join(home, '.data/log', n), 'utf8'))
          .join('')}`,
      );
    await delay(50);
  }
}

const stop = (started: Started, signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> => {
  started.process.kill(signal);
  return started.ended;
};

/** Processes that were started from this test's folder, seen by their environment or arguments. */
const left = (): string[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => `${read(pid, 'environ')}${read(pid, 'cmdline')}`.includes(home))
    .map((pid) => read(pid, 'cmdline').replaceAll('\0', ' '));
function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
async function nothingLeft(): Promise<void> {
  for (let i = 0; i < 100 && left().length > 0; i++) await delay(50);
  expect(left()).toEqual([]);
}

beforeEach(nothingLeft);
afterEach(async () => {
  if (sandbox.process.exitCode === null && sandbox.process.signalCode === null) await stop(sandbox);
  await nothingLeft();
});
afterAll(async () => {
  await removeEmbeddedPostgres(path.join(home, '.data/postgres'));
  rmSync(home, { recursive: true, force: true });
});

test(
  'starts, shows where to go and as whom, stops without a trace, and finds its data again',
  async () => {
    const first = start();
    await ready(first);
    expect(first.said()).toMatch(/People to try:[^]*001190000001[^]*Ctrl-C/);
    for (const port of PORTS)
      expect((await fetch(`http://localhost:${port}/`, { redirect: 'manual' })).status).toBeLessThan(400);
    const { issuer } = (await (
      await fetch(`http://localhost:${PORTS[0]}/.well-known/openid-configuration`)
    ).json()) as {
      issuer: string;
    };
    expect(issuer).toBe(`http://localhost:${PORTS[0]}`);
    const keys = readFileSync(path.join(home, '.data/keys/data.json'), 'utf8');
    expect(await stop(first)).toBe(0);
    await nothingLeft();

    const second = start();
    await ready(second);
    expect(readFileSync(path.join(home, '.data/keys/data.json'), 'utf8')).toBe(keys);

    const third = start();
    expect(await third.ended).toBe(1);
    expect(third.said().trim()).toBe(
      `Ports ${PORTS.join(', ')} are in use by another program: stop it and start again.`,
    );

    second.process.kill('SIGKILL');
    await second.ended;
    await nothingLeft();

    const fourth = start('--reset');
    await ready(fourth);
    expect(readFileSync(path.join(home, '.data/keys/data.json'), 'utf8')).not.toBe(keys);
    expect(await stop(fourth, 'SIGTERM')).toBe(0);
  },
  4 * START_MS,
);

test('one port in use is one sentence', async () => {
  const other = createServer().listen(PORTS[2], '127.0.0.1');
  await once(other, 'listening');
  const started = start();
  expect(await started.ended).toBe(1);
  expect(started.said()).toBe(`Port ${PORTS[2]} is in use by another program: stop it and start again.\n`);
  other.close();
});

test(
  'interrupted at any moment of its start, it leaves nothing running and nothing that hinders the next',
  async () => {
    for (const moment of [500, 1_000, 1_800]) {
      const started = start('--reset');
      await delay(moment);
      await stop(started);
      await nothingLeft();
    }
    await ready(start());
  },
  3 * START_MS,
);

test(
  'a damaged data folder is one sentence that says what helps, and the reset does help',
  async () => {
    rmSync(path.join(home, '.data'), { recursive: true, force: true });
    writeFileSync(path.join(home, '.data'), 'not a folder');
    const blocked = start();
    expect(await blocked.ended).toBe(1);
    expect(blocked.said()).toMatch(/^The data folder \S+ cannot be made: [^\n]+\n$/);
    rmSync(path.join(home, '.data'));

    const whole = start();
    await ready(whole);
    await stop(whole);
    const control = path.join(home, '.data/postgres/pgdata/global/pg_control');
    expect(existsSync(control)).toBe(true);
    writeFileSync(control, 'x');
    const damaged = start();
    expect(await damaged.ended).toBe(1);
    expect(damaged.said()).toMatch(/\nThe data in \S+ cannot be used \([^\n]+\)\. "npm run reset" starts over\.\n/);
    expect(damaged.said()).not.toContain('    at ');

    const reset = start('--reset');
    await ready(reset);
    await stop(reset);
    rmSync(path.join(home, '.data/keys'), { recursive: true });
    const keyless = start();
    expect(await keyless.ended).toBe(1);
    expect(keyless.said()).toMatch(/^The keys of the data in \S+ are gone from \S+\. "npm run reset" starts over\.\n$/);
  },
  3 * START_MS,
);
