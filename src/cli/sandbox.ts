import path from 'node:path';
import { parseArgs } from 'node:util';

import { loadSandboxPlan } from '../config/sandbox-plan.ts';
import type { SandboxPlan } from '../config/sandbox-plan.ts';
import { OperatorError } from '../kernel/operator-error.ts';
import { dataFolder, makeFolders, removeData } from './sandbox/data-folder.ts';
import { portalLinks } from './sandbox/portals.ts';
import { refuseTakenPorts } from './sandbox/ports.ts';
import { showProgress } from './sandbox/progress.ts';
import { startParts } from './sandbox/start-parts.ts';
import { createTeardown } from './sandbox/teardown.ts';
import { welcomeScreen } from './sandbox/welcome.ts';

/** `eid sandbox [--reset]`: the whole nation on this machine until Ctrl-C; `--reset` forgets earlier starts first. */
export async function sandbox(args: string[]): Promise<void> {
  const { reset } = parseArgs({ args, options: { reset: { type: 'boolean', default: false } } }).values;
  const plan = loadSandboxPlan();
  const folder = dataFolder();
  const teardown = createTeardown();
  const interrupted = interruption(() => void teardown.run());
  try {
    await refuseTakenPorts([plan.port, ...plan.portalPorts]);
    if (reset) await forget(plan, folder);
    makeFolders(folder, path.join(folder, 'log'));
    const progress = showProgress(process.stdout, () => performance.now());
    const running = await startParts(plan, folder, { progress, teardown });
    progress.clear();
    process.stdout.write(welcomeScreen({ issuer: plan.issuer, portals: portalLinks(plan), people: running.people }));
    await Promise.race([interrupted.happened, running.failure]);
  } catch (error) {
    // what breaks while we stop is the stopping, not a failure
    if (!interrupted.has()) throw error;
  } finally {
    await teardown.run();
  }
}

/** Hears of every ordinary way to be asked to end. */
function interruption(onFirst: () => void): { happened: Promise<void>; has(): boolean } {
  let has = false;
  const happened = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!has) onFirst();
        has = true;
        resolve();
      });
    }
  });
  return { happened, has: () => has };
}

async function forget(plan: SandboxPlan, folder: string): Promise<void> {
  if (plan.databaseUrl !== undefined) {
    throw new OperatorError('DATABASE_URL is set: that database is not ours to empty. Unset it, or empty it yourself.');
  }
  await removeData(folder);
}
