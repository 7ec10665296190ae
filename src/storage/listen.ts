import { setTimeout as pause } from 'node:timers/promises';
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
  let drop: (() => void) | undefined;

  const connect = async (): Promise<void> => {
    const own = await db.connect();
    let isOurs = true;
    // One connection may fail in several ways at once, and again after it was given back: it is given back once.
    const giveBack = (): boolean => {
      if (!isOurs) return false;
      isOurs = false;
      own.release(true);
      return true;
    };
    const lose = (): void => {
      if (giveBack() && drop && !stopped) void reconnect();
    };
    own.on('error', lose);
    own.on('notification', (notice) => void handlers.onNotice(notice.payload ?? '').catch(lose));
    drop = undefined;
    try {
      await own.query(`LISTEN ${channel}`);
      await handlers.onConnected();
    } catch (error) {
      giveBack();
      throw error;
    }
    drop = () => void giveBack();
    if (stopped || !isOurs) {
      giveBack();
      throw new Error('the listening connection was lost at once');
    }
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
      drop?.();
    },
  };
}
