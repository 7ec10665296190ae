import { existsSync } from 'node:fs';
import path from 'node:path';

import type { SandboxPlan } from '../../config/sandbox-plan.ts';
import { systemClock } from '../../kernel/clock.ts';
import { OperatorError } from '../../kernel/operator-error.ts';
import { randomToken } from '../../kernel/random.ts';
import { APPLICATION_ROLE } from '../../storage/grant-application-rights.ts';
import { migrate } from '../../storage/migrate.ts';
import { withLogin } from '../../storage/with-login.ts';
import { makeKeys } from '../make-keys.ts';
import { startChild } from './child.ts';
import type { Child, ChildProgram } from './child.ts';
import { peopleToTry } from './people-to-try.ts';
import { portalPlaces } from './portals.ts';
import { portalProgram, providerProgram, registryProgram } from './programs.ts';
import type { Progress } from './progress.ts';
import { startPostgres, startRedis } from './stores.ts';
import type { Teardown } from './teardown.ts';
import type { PersonToTry } from './welcome.ts';

export interface StartedParts {
  readonly people: PersonToTry[];
  /** Rejects with OperatorError when a part ends by itself. */
  readonly failure: Promise<never>;
}

/** Starts every part of the sandbox, as much at once as can be. What was started is in `teardown`, also when this throws. */
export async function startParts(
  plan: SandboxPlan,
  folder: string,
  { progress, teardown }: { progress: Progress; teardown: Teardown },
): Promise<StartedParts> {
  const folders = { data: folder, log: path.join(folder, 'log'), keys: plan.keysDir ?? path.join(folder, 'keys') };
  const registryToken = randomToken(24);
  const children: Child[] = [];
  const launch = async (program: ChildProgram): Promise<{ port?: number }> => {
    const child = await teardown.add(startChild(program));
    children.push(child);
    return child.ready;
  };

  refuseLostKeys(plan, folders);
  await progress.step('Keys', async () => makeKeys({ clock: systemClock }, folders.keys));
  const starting = [
    progress.step('PostgreSQL and its tables', async () => {
      const postgres = await teardown.add(await startPostgres(plan, folder));
      return migrated(plan, postgres.url, folder);
    }),
    progress.step('Redis', async () => (await teardown.add(await startRedis(plan))).url),
    progress.step('The population registry', async () => {
      const { port } = await launch(registryProgram(plan, folders, registryToken));
      return `http://127.0.0.1:${port}`;
    }),
    ...portalPlaces(plan, folders.keys).map((portal) =>
      progress.step(`The portal on port ${portal.port}`, () => launch(portalProgram(plan, folders, portal))),
    ),
  ] as const;
  // nothing may still be starting when the teardown begins
  await Promise.allSettled(starting);
  const [databaseUrl, redisUrl, registryUrl] = await Promise.all(starting);
  const addresses = { databaseUrl, redisUrl, registryUrl, registryToken };
  await progress.step('The provider', () => launch(providerProgram(plan, folders, addresses)));
  return { people: peopleToTry(), failure: firstToEnd(children, folders.log) };
}

// new keys could not open what the old ones sealed
function refuseLostKeys({ databaseUrl }: SandboxPlan, { data, keys }: { data: string; keys: string }): void {
  if (databaseUrl !== undefined || existsSync(path.join(keys, 'data.json'))) return;
  if (!existsSync(path.join(data, 'postgres'))) return;
  throw new OperatorError(`The keys of the data in ${data} are gone from ${keys}. "npm run reset" starts over.`);
}

/** The address for the provider: in the embedded database as a role that cannot change the audit trail. */
async function migrated({ databaseUrl }: SandboxPlan, url: string, folder: string): Promise<string> {
  const application = { name: APPLICATION_ROLE, password: randomToken(18) };
  try {
    await migrate(url, databaseUrl === undefined ? { application } : {});
    return databaseUrl ?? withLogin(url, application);
  } catch (cause) {
    throw new OperatorError(
      `The data in ${folder} cannot be used (${(cause as Error).message}). "npm run reset" starts over.`,
      { cause },
    );
  }
}

async function firstToEnd(children: readonly Child[], log: string): Promise<never> {
  const name = await Promise.race(children.map((child) => child.gone.then(() => child.name)));
  throw new OperatorError(`${name} has ended by itself: the reason is in ${log}.`);
}
