import { setTimeout as pause } from 'node:timers/promises';
import { listen } from '../../src/storage/listen.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const { db } = await freshDatabase();

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await pause(20);
  }
}
/** Ends every other connection of this database, as a restart of the server does. */
const cutAll = () =>
  db.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );

function witness() {
  const seen = { connected: 0, notices: [] as string[], fails: false };
  const handlers = {
    onConnected: async () => void (seen.connected += 1),
    onNotice: async (payload: string) => {
      seen.notices.push(payload);
      if (seen.fails) throw new Error('could not be worked off');
    },
  };
  return { seen, handlers };
}
// a pool without a listener ends the process when an idle connection is cut
db.on('error', () => undefined);

test('hears what is said, and after a cut connects, catches up and hears again', async () => {
  const { seen, handlers } = witness();
  const ear = await listen(db, 'listen_test', handlers);
  await db.query("NOTIFY listen_test, 'one'");
  await until(() => seen.notices.length === 1);
  await cutAll();
  await until(() => seen.connected === 2);
  await db.query("NOTIFY listen_test, 'two'");
  await until(() => seen.notices.includes('two'));
  await ear.stop();
});

test('a notice that could not be worked off is caught up with on a new connection', async () => {
  const { seen, handlers } = witness();
  const ear = await listen(db, 'listen_test', handlers);
  seen.fails = true;
  await db.query("NOTIFY listen_test, 'bad'");
  await until(() => seen.connected === 2);
  seen.fails = false;
  await db.query("NOTIFY listen_test, 'good'");
  await until(() => seen.notices.includes('good'));
  await ear.stop();
});

test('stopped at the moment of a cut it neither fails nor connects again', async () => {
  const { seen, handlers } = witness();
  const ear = await listen(db, 'listen_test', handlers);
  const cut = cutAll();
  await ear.stop();
  await ear.stop();
  await cut;
  await pause(700);
  expect(seen.connected).toBe(1);
});
