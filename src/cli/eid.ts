#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

import { isOutage } from '../http/outage.ts';
import { OperatorError } from '../kernel/operator-error.ts';

type Command = (args: string[]) => Promise<void>;

/** Each command is loaded when it is called: `eid keys` does not wait for what `eid serve` needs. */
const COMMANDS: Record<string, { usage: string; load: () => Promise<Command> }> = {
  serve: { usage: 'serve', load: async () => (await import('./serve.ts')).serve },
  sandbox: { usage: 'sandbox [--reset]', load: async () => (await import('./sandbox.ts')).sandbox },
  keys: {
    usage: 'keys init | rotate [--emergency] [--data] | list',
    load: async () => (await import('./keys.ts')).keys,
  },
  portals: {
    usage: 'portals add <file.json> | list | disable <id>',
    load: async () => (await import('./portals.ts')).portals,
  },
  officers: {
    usage: 'officers invite <name> [--office <name of the office at the top>]',
    load: async () => (await import('./officers.ts')).officers,
  },
  audit: {
    usage: 'audit verify <file> <address or file of the published keys>',
    load: async () => (await import('./audit.ts')).audit,
  },
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

/** A sentence for the operator; of a defect, all there is. */
function describe(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message}\n${USAGE.trimEnd()}`;
  if (isOutage(error)) return `PostgreSQL or Redis cannot be reached: ${message || code}.`;
  return stack ?? String(error);
}

enableCompileCache();
try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${describe(error)}\n`, () => process.exit(EXIT_FAILED));
}
