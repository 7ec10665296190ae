import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Database } from './postgres.ts';

const RECONNECT_MS = 500;

/**
 * Hears NOTIFY on `channel` until `stop()`. After every (re)connection `onConnected` runs first, since what was said
 * while the connection was down is lost.
 */
export async function listen(
  db: Database,
  channel: string,
  handlers: { onConnected: () => Promise<void>; onNotice: (payload: string) => Promise<void> },
): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let client: PoolClient | undefined;

  const connect = async (): Promise<void> => {
    const own = await db.connect();
    own.on('notification', (notice) => void handlers.onNotice(notice.payload ?? '').catch(() => own.release(true)));
    own.once('error', () => {
      own.release(true);
      if (!stopped) void reconnect();
    });
    await own.query(`LISTEN ${channel}`);
    await handlers.onConnected();
    client = own;
  };
  const reconnect = async (): Promise<void> => {
    for (;;) {
      await pause(RECONNECT_MS);
      if (stopped) return;
      try {
        return await connect();
      } catch {
        // the database is still away: /health/ready says so, and the next round tries again
      }
    }
  };

  await connect();
  return {
    async stop() {
      stopped = true;
      client?.release(true);
    },
  };
}
