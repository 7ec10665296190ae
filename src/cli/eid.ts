#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

import { OperatorError } from '../kernel/operator-error.ts';

type Command = (args: string[]) => Promise<void>;

/** Each command is loaded when it is called: `eid keys` does not wait for what `eid serve` needs. */
const COMMANDS: Record<string, { usage: string; load: () => Promise<Command> }> = {
  serve: { usage: 'serve', load: async () => (await import('./serve.ts')).serve },
  sandbox: { usage: 'sandbox [--reset]', load: async () => (await import('./sandbox.ts')).sandbox },
  migrate: { usage: 'migrate', load: async () => (await import('./migrate.ts')).migrate },
};

const USAGE = `Usage:\n${Object.values(COMMANDS)
  .map(({ usage }) => `  eid ${usage}\n`)
  .join('')}`;

const EXIT_FAILED = 1;

async function run([name = '', ...args]: string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new OperatorError(USAGE.trimEnd());
  await (
    await command.load()
  )(args);
}

enableCompileCache();
try {
  await run(process.argv.slice(2));
} catch (error) {
  // a sentence for the operator; of a defect, all there is
  const said = error instanceof OperatorError ? error.message : String((error as Error).stack ?? error);
  process.stderr.write(`${said}\n`, () => process.exit(EXIT_FAILED));
}
