import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';

import { findFeedLag } from './accounts/registry-feed/find-feed-lag.ts';
import { mayChangeTrail } from './audit/may-change-trail.ts';
import { compose } from './compose.ts';
import type { Config } from './config.ts';
import { hardenServer } from './http/harden-server.ts';
import { answerHealth } from './http/health.ts';
import { createLog } from './http/log.ts';
import { createMetrics } from './http/metrics.ts';
import { systemClock } from './kernel/clock.ts';
import { OperatorError } from './kernel/operator-error.ts';
import { openDatabase, type Database } from './storage/postgres.ts';
import { openCache } from './storage/redis.ts';

export interface Running {
  /** Takes no new request, lets those under way end (10 s at most), then closes everything. */
  stop(): Promise<void>;
}

const LAST_REQUESTS_MS = 10_000;

/** Starts the provider and resolves when it listens. Throws OperatorError when its port is taken. */
export async function start(config: Config): Promise<Running> {
  const log = createLog({ level: config.logLevel });
  const lost = (component: string) => (err: Error) => log.warn({ event: 'connection_lost', component, err });
  const db = openDatabase(config.databaseUrl.reveal(), { onLost: lost('postgresql') });
  const cache = openCache(config.redisUrl.reveal(), lost('redis'));
  await refuseChangeableTrail(config, db, log);
  const composed = await compose(config, { db, cache, log, clock: systemClock });

  let stopping = false;
  const metrics = createMetrics();
  metrics.gauge('registry_feed_lag_seconds', 'How far the accounts are behind the population registry', () =>
    findFeedLag({ db, clock: systemClock }),
  );
  const probes = { postgresql: () => db.query('SELECT 1'), redis: () => cache.ping() };
  const answer = composed.app.callback();
  const program = metrics.measure((request, response) => void answer(request, response));
  const server = createServer(answerHealth(probes, () => stopping, program));
  hardenServer(server);
  await listen(server, config.listen);
  const metricsServer = config.metricsPort === undefined ? undefined : metrics.listen(config.metricsPort);
  log.info({ event: 'started', port: config.listen.port, host: config.listen.host });

  return {
    async stop() {
      stopping = true;
      await drain(server, log);
      metricsServer?.close();
      await composed.stop();
      cache.disconnect();
      await db.end();
    },
  };
}

/** In production nobody who takes over this process may take back what it wrote. */
async function refuseChangeableTrail({ production }: Config, db: Database, log: Logger): Promise<void> {
  if (!(await mayChangeTrail({ db }))) return;
  if (production) {
    throw new OperatorError(
      'The role of DATABASE_URL may change the audit trail. Let it be one that "eid migrate" lets in: docs/audit-trail.md.',
    );
  }
  log.warn({ event: 'audit_trail_changeable' });
}

async function listen(server: Server, { host, port }: Config['listen']): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new OperatorError(`Port ${port} cannot be used: ${(cause as NodeJS.ErrnoException).code ?? 'unknown'}.`, {
      cause,
    });
  }
}

async function drain(server: Server, log: Logger): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const waited = new AbortController();
  const patience = delay(LAST_REQUESTS_MS, 'late', { signal: waited.signal }).catch(() => undefined);
  const outcome = await Promise.race([closed, patience]);
  waited.abort();
  if (outcome === 'late') log.warn({ event: 'requests_cut_off' });
  server.closeAllConnections();
}
