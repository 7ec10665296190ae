import { createPortalApp } from './portal-app.ts';
import { createProviderClient } from './provider-client.ts';
import { readSettings } from './settings.ts';

/** Ends with one sentence where the portal cannot start. */
function refuse(error: Error): never {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

try {
  const settings = readSettings(process.env);
  const server = createPortalApp(settings, createProviderClient(settings)).listen(settings.port, '127.0.0.1');
  server.once('listening', () => process.send?.({ kind: 'ready' }));
  server.once('error', refuse);
} catch (error) {
  refuse(error as Error);
}
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
