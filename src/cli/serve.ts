import { loadConfig } from '../config.ts';
import { start } from '../main.ts';

/** `eid serve`: runs the provider until SIGTERM or Ctrl-C, or until the process that started it is gone. */
export async function serve(): Promise<void> {
  const running = await start(loadConfig());
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
  process.send?.({ kind: 'ready' });
  await ended;
  await running.stop();
  if (process.connected) process.disconnect();
}
