import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { loadDatabaseUrl, loadIssuer, loadKeysDir } from '../config/command-settings.ts';
import { systemClock } from '../kernel/clock.ts';
import { OperatorError } from '../kernel/operator-error.ts';
import { Sealed } from '../kernel/sealed.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { makeFirstAdministrator } from '../officers/staff/make-first-administrator.ts';
import { parseStaffName } from '../officers/staff-member.ts';
import { loadKeyring } from '../storage/keyring-file.ts';
import { openDatabase } from '../storage/postgres.ts';

const USAGE = 'Usage: eid officers invite <name> [--office <name of the office at the top>]';

/**
 * `eid officers invite <name>`: makes a security administrator and prints the link, good once and for 24 hours, at which they
 * make their passkey. Only until two can sign in: then they invite and confirm in the console.
 */
export async function officers(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { office: { type: 'string' } }, allowPositionals: true });
  const [action, given, ...more] = positionals;
  if (action !== 'invite' || given === undefined || more.length > 0) throw new OperatorError(USAGE);
  const name = parseStaffName(given);
  if (!name) throw new OperatorError('The name is not one: letters, spaces, 2 to 80 characters.');
  const keyring = loadKeyring(loadKeysDir());
  const db = openDatabase(loadDatabaseUrl().reveal(), { max: 1 });
  try {
    const deps = { db, keyring, clock: systemClock };
    const actor = `operator:${userInfo().username}`;
    const outcome = await makeFirstAdministrator(deps, new Sealed({ name }), values.office, actor);
    switch (outcome.kind) {
      case 'made':
        print(`The link for ${name}, shown this once, good once and until ${outcome.link.until.toISOString()}:`);
        return print(`${loadIssuer()}/console/enrol/${outcome.link.token.reveal()}`);
      case 'enough':
        throw new OperatorError('Two security administrators can sign in: they invite and confirm others at /console.');
      case 'office_missing':
        throw new OperatorError(`There is no office yet: name the one at the top.\n${USAGE}`);
      default:
        return unreachable(outcome);
    }
  } finally {
    await db.end();
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
