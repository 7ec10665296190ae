import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { enqueueJob } from '../../../src/storage/jobs/enqueue-job.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';

const { db, url } = await freshDatabase();
const running: ChildProcess[] = [];
const PROGRAM = path.join(import.meta.dirname, 'support/worker-process.ts');

beforeAll(() => db.query('CREATE TABLE job_note (id integer, who text, word text); GRANT ALL ON job_note TO eid_app'));
beforeEach(() => db.query('TRUNCATE job_note'));
afterEach(async () => {
  await Promise.all(running.splice(0).map(leave));
});

async function instance(name: string, takesMs = 0): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env['PATH'], DB: url, NAME: name, TAKES_MS: String(takesMs) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  running.push(child);
  await once(child, 'message');
  return child;
}
async function leave(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
}
const note = (id: number) => inTransaction(db, (sql) => enqueueJob(sql, { task: 'note', payload: { id } }));
const notes = async (word: string) =>
  (await db.query<{ id: number; who: string }>('SELECT id, who FROM job_note WHERE word = $1', [word])).rows;
async function until(condition: () => Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await condition()); await pause(50))
    if (Date.now() > end) throw new Error('late');
}

test('two instances share the jobs, and do none twice', async () => {
  await Promise.all([instance('one', 5), instance('two', 5)]);
  await Promise.all(Array.from({ length: 200 }, (_, id) => note(id)));
  await until(async () => (await notes('done')).length >= 200);
  await pause(200);
  const done = await notes('done');
  expect(done).toHaveLength(200);
  expect(new Set(done.map(({ id }) => id)).size).toBe(200);
  expect(new Set(done.map(({ who }) => who)).size).toBe(2);
});

test('what a killed instance had begun is done by the next, within seconds', async () => {
  const killed = await instance('killed', 60_000);
  await note(1);
  await until(async () => (await notes('begun')).length === 1);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await instance('next');
  const before = Date.now();
  await until(async () => (await notes('done')).length === 1);
  expect(await notes('done')).toEqual([{ id: 1, who: 'next' }]);
  expect(Date.now() - before).toBeLessThan(8_000);
});

test('a living instance keeps what it has begun', async () => {
  await instance('slow', 6_000);
  await note(2);
  await until(async () => (await notes('begun')).length === 1);
  await instance('other');
  await until(async () => (await notes('done')).length === 1);
  expect(await notes('begun')).toEqual([{ id: 2, who: 'slow' }]);
});

test('no commit, no job', async () => {
  await instance('one');
  await expect(
    inTransaction(db, async (sql) => {
      await enqueueJob(sql, { task: 'note', payload: { id: 3 } });
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  await pause(300);
  expect(await notes('begun')).toEqual([]);
});
