import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isProduction, loadDatabaseUrl } from '../config/command-settings.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import type { PortalId } from '../kernel/ids.ts';
import { OperatorError } from '../kernel/operator-error.ts';
import { disablePortal } from '../portals/disable-portal.ts';
import { listPortals } from '../portals/list-portals.ts';
import { registerPortal } from '../portals/register-portal.ts';
import { generateClientSecret, hashClientSecret } from '../provider/clients/client-secret.ts';
import { validatePortal } from '../provider/clients/validate-portal.ts';
import { openDatabase, type Database } from '../storage/postgres.ts';
import { parsePortalFile } from './portals/portal-file.ts';

type Deps = { db: Database; clock: Clock };
const print = (line: string) => process.stdout.write(`${line}\n`);
const USAGE = 'Usage: eid portals add <file.json> | list | disable <id>';

/** `eid portals add <file.json>|list|disable <id>`: what is agreed with the portals. Running providers hear of it at once. */
export async function portals([action, argument, ...more]: string[]): Promise<void> {
  const known = action === 'list' ? argument === undefined : ['add', 'disable'].includes(action ?? '') && argument;
  if (!known || more.length > 0) throw new OperatorError(USAGE);
  const db = openDatabase(loadDatabaseUrl().reveal(), { max: 1 });
  try {
    const deps = { db, clock: systemClock };
    if (action === 'add') await add(deps, argument ?? '');
    if (action === 'disable') await disable(deps, argument ?? '');
    if (action === 'list') await list(deps);
  } finally {
    await db.end();
  }
}

async function add(deps: Deps, file: string): Promise<void> {
  const { portal, needsSecret } = parsePortalFile(read(file), { loopback: !isProduction() });
  const known = (await listPortals(deps)).find(({ portalId }) => portalId === portal.portalId);
  if (known?.disabled)
    throw new OperatorError(`The portal ${portal.portalId} was disabled: give a new one another id.`);
  // every `sub` the portal knows its people by hangs on the sector
  if (known && known.sector !== portal.sector) {
    throw new OperatorError(`The sector of ${portal.portalId} is ${known.sector} and cannot change.`);
  }
  const kept = known?.metadata['client_secret'];
  const secret = needsSecret && kept === undefined ? generateClientSecret() : undefined;
  const stored = secret ? hashClientSecret(secret) : kept;
  const metadata = { ...portal.metadata, ...(needsSecret && { client_secret: stored }) };
  const validity = await validatePortal({ ...portal, metadata }, { loopback: !isProduction() });
  if (validity.kind === 'invalid') throw new OperatorError(`The portal is not right: ${validity.reasons.join('; ')}.`);
  await registerPortal(deps, { ...portal, metadata }, operator());
  print(`${known ? 'changed' : 'added'} ${portal.portalId}, sector ${portal.sector}`);
  if (secret) print(`client_secret, shown this once: ${secret.reveal()}`);
}

async function disable(deps: Deps, id: string): Promise<void> {
  const outcome = await disablePortal(deps, id as PortalId, operator());
  if (outcome.kind === 'not_found') throw new OperatorError(`There is no portal ${id} that is not disabled already.`);
  print(`disabled ${id}: nobody signs in there, and nothing it holds is answered`);
}

async function list(deps: Deps): Promise<void> {
  for (const { portalId, minimumAcr, name, disabled } of await listPortals(deps)) {
    print(`${portalId}  ${minimumAcr}  ${name.vi}${disabled ? '  (disabled)' : ''}`);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new OperatorError(`The file ${file} cannot be read.`, { cause });
  }
}

/** Whom the audit trail names: the account of this machine. */
const operator = (): string => `operator:${userInfo().username}`;
