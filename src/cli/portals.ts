import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isProduction, loadDatabaseUrl } from '../config/command-settings.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import { dayInHanoi } from '../kernel/day.ts';
import type { PortalId } from '../kernel/ids.ts';
import { OperatorError } from '../kernel/operator-error.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { disablePortal } from '../portals/disable-portal.ts';
import { enablePortal } from '../portals/enable-portal.ts';
import { listPortals } from '../portals/list-portals.ts';
import { registerPortal } from '../portals/register-portal.ts';
import { readPortalFile } from '../provider/clients/portal-file.ts';
import { preparePortal } from '../provider/clients/prepare-portal.ts';
import { createOutboundFetch } from '../provider/outbound/guarded-fetch.ts';
import { openDatabase, type Database } from '../storage/postgres.ts';

type Deps = { db: Database; clock: Clock };
const print = (line: string) => process.stdout.write(`${line}\n`);
const USAGE = 'Usage: eid portals add <file.json> | list | disable <id> | enable <id>';

/** `eid portals add <file.json>|list|disable <id>|enable <id>`: what is agreed with the portals. Running providers hear of it at once. */
export async function portals([action, argument, ...more]: string[]): Promise<void> {
  const known =
    action === 'list' ? argument === undefined : ['add', 'disable', 'enable'].includes(action ?? '') && argument;
  if (!known || more.length > 0) throw new OperatorError(USAGE);
  const db = openDatabase(loadDatabaseUrl().reveal(), { max: 1 });
  try {
    const deps = { db, clock: systemClock };
    if (action === 'add') await add(deps, argument ?? '');
    if (action === 'disable') await disable(deps, argument ?? '');
    if (action === 'enable') await enable(deps, argument ?? '');
    if (action === 'list') await list(deps);
  } finally {
    await db.end();
  }
}

async function add(deps: Deps, file: string): Promise<void> {
  const loopback = !isProduction();
  const reading = readPortalFile(read(file), { loopback, today: dayInHanoi(deps.clock.now()) });
  if (reading.kind === 'refused') {
    const wrong = reading.faults.map(({ at, what }) => `  - ${at || 'the file'}: ${what}`);
    throw new OperatorError(`The portal cannot be added:\n${wrong.join('\n')}`);
  }
  const { portalId } = reading.draft.portal;
  const outbound = createOutboundFetch({ allowedHosts: [], loopback });
  const prepared = await preparePortal({ ...deps, fetch: outbound.fetch, loopback }, reading.draft);
  await outbound.close();
  switch (prepared.kind) {
    case 'disabled':
      throw new OperatorError(`The portal ${portalId} was disabled: enable it, or give a new one another id.`);
    case 'sector_fixed':
      throw new OperatorError(`The sector of ${portalId} is ${prepared.sector} and cannot change.`);
    case 'invalid':
      throw new OperatorError(`The portal is not right: ${prepared.reasons.join('; ')}.`);
    case 'prepared':
      break;
    default:
      unreachable(prepared);
  }
  const { portal, logo, secret, isNew } = prepared;
  await registerPortal(deps, portal, operator(), logo);
  print(`${isNew ? 'added' : 'changed'} ${portalId}, sector ${portal.sector}`);
  if (portal.metadata['logo_uri'] !== undefined && !logo)
    print('without its logo: no PNG or JPEG of at most 20 KB there');
  if (secret) print(`client_secret, shown this once: ${secret.reveal()}`);
}

async function disable(deps: Deps, id: string): Promise<void> {
  const outcome = await disablePortal(deps, id as PortalId, operator());
  if (outcome.kind === 'not_found') throw new OperatorError(`There is no portal ${id} that is not disabled already.`);
  print(`disabled ${id}: nobody signs in there, and nothing it holds is answered`);
}

async function enable(deps: Deps, id: string): Promise<void> {
  const outcome = await enablePortal(deps, id as PortalId, operator());
  if (outcome.kind === 'not_found') throw new OperatorError(`There is no disabled portal ${id}.`);
  print(`enabled ${id}: people sign in there again; what it held before stays dead`);
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
