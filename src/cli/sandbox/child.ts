import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import type { Environment } from '../../config.ts';
import { OperatorError } from '../../kernel/operator-error.ts';

export interface Child {
  readonly name: string;
  /** What it said with `ready`. Rejects with OperatorError when it ends before that. */
  readonly ready: Promise<{ port?: number }>;
  /** Resolves when it has ended, in whatever way. */
  readonly gone: Promise<unknown>;
  /** Asks it to end, and makes it after 5 s. */
  stop(): Promise<void>;
}

export interface ChildProgram {
  readonly name: string;
  readonly file: string;
  readonly args?: readonly string[];
  readonly env: Environment;
  readonly logFile: string;
}

const PATIENCE_MS = 5_000;
const LAST_WORDS = 4_000;

/** Starts one program of the sandbox beside us. It ends when its channel to us closes, so also when we are killed. */
export function startChild(program: ChildProgram): Child {
  const child = fork(program.file, program.args, {
    env: program.env,
    // what the parent was started with (test runners, debuggers) is not for it
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // out of reach of Ctrl-C: we stop the parts in their order
    detached: true,
  });
  const lastWords = keepOutput(child, program.logFile);
  const gone = once(child, 'close');
  const ready = readiness(child, program, lastWords);
  ready.catch(() => {}); // whoever awaits it hears of it; nobody may
  return { name: program.name, ready, gone, stop: () => end(child, gone) };
}

function keepOutput(child: ChildProcess, logFile: string): () => string {
  const log = createWriteStream(logFile);
  let said = '';
  child.stdout?.pipe(log, { end: false });
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write(chunk);
    said = (said + chunk.toString()).slice(-LAST_WORDS);
  });
  child.once('close', () => log.end());
  return () => said.trim();
}

async function readiness(child: ChildProcess, { name, logFile }: ChildProgram, lastWords: () => string) {
  const stopListening = new AbortController();
  const ended = once(child, 'close', { signal: stopListening.signal }).then(() => {
    const words = lastWords();
    // a sentence for the operator is passed on; a stack trace stays in the log
    throw new OperatorError(
      words && !words.includes('\n    at ')
        ? words
        : `${name} did not start: see ${logFile}. "npm run reset" starts over.`,
    );
  });
  for (;;) {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ kind?: string; port?: number }];
    if (message.kind !== 'ready') continue;
    ended.catch(() => {});
    stopListening.abort();
    return message;
  }
}

async function end(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const waited = new AbortController();
  const patience = delay(PATIENCE_MS, undefined, { signal: waited.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  );
  await Promise.race([gone, patience]);
  waited.abort();
  await gone;
}
