import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startRegistryProcess, type RegistryProcess } from '../../support/start-registry-process.ts';

const CHANGES = '/v1/changes';
const FIND = '/v1/persons/find';
const death = { kind: 'death', national_id: '001190000001' };

describe('the registry process', () => {
  let server: RegistryProcess;
  beforeAll(async () => {
    server = await startRegistryProcess();
  });
  afterAll(() => server.stop());
  const status = async (...call: Parameters<RegistryProcess['call']>) => (await server.call(...call)).status;

  test('401 without its token, for every path', async () => {
    for (const name of [FIND, CHANGES, '/sandbox/conditions', '/sandbox/happenings', '/nothing']) {
      expect(await status(name, {}, 'another-token-of-some-length')).toBe(401);
      expect((await fetch(`${server.baseUrl}${name}`, { method: 'POST' })).status).toBe(401);
    }
  });

  test('only its operations, only by POST, only what was agreed', async () => {
    expect(await status('/constructor', {})).toBe(404);
    expect(await status('/__proto__', {})).toBe(404);
    const headers = { authorization: `Bearer ${server.token}` };
    expect((await fetch(`${server.baseUrl}${FIND}`, { headers })).status).toBe(405);
    for (const body of [{}, { national_id: 1 }, { national_id: '1' }, { national_id: '001190000001', more: 1 }, []]) {
      expect(await status(FIND, body)).toBe(400);
    }
    expect(await status(FIND, { national_id: 'x'.repeat(100_000) })).toBe(400);
    expect(await status(CHANGES, { after: 'not a cursor' })).toBe(400);
    expect(await status(CHANGES, { limit: 0 })).toBe(400);
    expect(await status('/sandbox/happenings', { ...death, national_id: '999999999999' })).toBe(409);
    expect(
      await status('/sandbox/happenings', {
        kind: 'number_reestablished',
        national_id: '001190000001',
        new_national_id: '079085000002',
      }),
    ).toBe(409);
  });

  test('can be slow, failing and repetitive', async () => {
    await server.call('/sandbox/happenings', { kind: 'card_expired', national_id: '001190000001' });
    await server.call('/sandbox/happenings', { kind: 'card_issued', national_id: '001190000001' });
    await server.call('/sandbox/conditions', { delay_ms: 200, repeats: 1 });
    const started = performance.now();
    const answer = (await (await server.call(CHANGES, { after: '000000000002' })).json()) as { changes: unknown[] };
    expect(performance.now() - started).toBeGreaterThan(190);
    expect(answer.changes).toMatchObject([{ cursor: '000000000002', kind: 'card_issued' }]);
    await server.call('/sandbox/conditions', { failing: true });
    expect(await status(FIND, { national_id: '001190000001' })).toBe(503);
    await server.call('/sandbox/conditions', {});
    expect(await status(FIND, { national_id: '001190000001' })).toBe(200);
  });
});

test('remembers what happened over a restart, new numbers included', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'registry-'));
  const env = { REGISTRY_MEMORY: path.join(folder, 'happenings.jsonl') };
  const first = await startRegistryProcess(env);
  await first.call('/sandbox/happenings', death);
  await first.call('/sandbox/happenings', { kind: 'number_reestablished', national_id: '066204000014' });
  const told: unknown = await (await first.call(CHANGES, {})).json();
  await first.stop();
  const second = await startRegistryProcess(env);
  expect(await (await second.call(CHANGES, {})).json()).toEqual(told);
  await second.stop();
  await rm(folder, { recursive: true });
});
