import type { Logger } from 'pino';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../storage/postgres.ts';
import type { SendLogout } from '../clients/extend-client.ts';
import { deliverLogouts } from './deliver-logouts.ts';

const LOOK_EVERY_MS = 2_000;

interface WorkerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly send: SendLogout;
}

/** Works the logout queue off, beside the requests. `wake` looks at once; several processes may do this side by side. */
export function startLogoutWorker(deps: WorkerDeps): { wake(): void; stop(): Promise<void> } {
  let working: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  let again = false;
  const wake = () => {
    again = true;
    if (isBusy) return;
    isBusy = true;
    working = drain().finally(() => {
      isBusy = false;
    });
  };
  const drain = async () => {
    while (again) {
      again = false;
      try {
        if ((await deliverLogouts(deps)) > 0) again = true;
      } catch (err) {
        deps.log.warn({ event: 'logout_queue_unreachable', err });
      }
    }
  };
  const timer = setInterval(wake, LOOK_EVERY_MS);
  timer.unref();
  return {
    wake,
    async stop() {
      clearInterval(timer);
      again = false;
      await working;
    },
  };
}
