import { Sealed } from '../../src/kernel/sealed.ts';
import type { ViewName, Views } from '../../src/http/page.ts';
import { createOutbox } from '../../src/sandbox/outbox.ts';
import { sandboxRoutes } from '../../src/sandbox/sandbox.routes.ts';
import { startEdgeServer, type EdgeServer } from '../support/edge-server.ts';

const clock = { now: () => new Date('2026-08-14T07:05:00Z') };
const outbox = createOutbox({ clock });
const portals = [{ name: { vi: 'Cổng', en: 'Portal' }, url: 'http://localhost:4001', wants: 'LoA1' as const }];
const shown: [ViewName, unknown][] = [];
const renderer = {
  render<V extends ViewName>(view: V, model: Views[V]): string {
    shown.push([view, model]);
    return view;
  },
};

let server: EdgeServer;
beforeAll(async () => {
  server = await startEdgeServer(sandboxRoutes({ outbox, portals, clock }), { renderer });
  await outbox.send({ channel: 'sms', to: new Sealed('+84597000001'), text: new Sealed('Mã 123456') });
  await outbox.send({ channel: 'sms', to: new Sealed('+84597000002'), text: new Sealed('Mã 654321') });
});
afterAll(() => server.stop());
beforeEach(() => void shown.splice(0));
const get = async (path: string) => fetch(`http://localhost:${server.port}${path}`);
const list = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>[];

test('the list of people has what a tester needs, and no private key', async () => {
  const people = await list('/sandbox/people.json');
  for (const person of people) {
    expect(Object.keys(person)).toEqual(
      expect.arrayContaining(
        'national_id full_name birthdate phone account_level state password totp_secret note'.split(' '),
      ),
    );
  }
  const has = (found: Record<string, unknown>) =>
    expect(people).toContainEqual(expect.objectContaining(found) as unknown);
  has({ account_level: '01', state: 'active', totp_secret: null, passkey: null });
  has({
    account_level: '02',
    password: expect.any(String),
    totp_secret: expect.any(String),
    totp_code: expect.stringMatching(/^\d{6}$/),
    passkey: null,
  });
  has({ account_level: '02', passkey: expect.any(String) });
  has({ state: 'locked' });
  has({ state: 'never_activated', password: null });
  has({ guardian: expect.any(String), state: 'active' });
  has({ state: 'active', email: null });
  has({ state: 'no_account', phone: expect.any(String), card_issued_on: expect.any(String) });
  expect(JSON.stringify(people)).not.toContain('"d"');
});

test('the keys of the sandbox passkey', async () => {
  const keys = await list('/sandbox/passkeys.json');
  expect(keys.length).toBeGreaterThan(0);
  expect(keys[0]).toMatchObject({
    credential_id: expect.any(String),
    user_handle: expect.any(String),
    name: 'Lê Thuý Hoà',
  });
});

test('the messages, newest first, for all or for one receiver', async () => {
  expect(await list('/sandbox/outbox.json')).toMatchObject([{ text: 'Mã 654321' }, { text: 'Mã 123456' }]);
  const answer = { to: '+84597000001', channel: 'sms', text: 'Mã 123456', at: '2026-08-14T07:05:00.000Z' };
  expect(await list('/sandbox/outbox.json?to=+84597000001')).toEqual([answer]);
  expect(await list('/sandbox/outbox.json?to=0597000001')).toEqual([answer]);
  expect((await get('/sandbox/outbox.json?to=1&to=2')).status).toBe(400);
});

test('the pages are given their models', async () => {
  expect((await get('/sandbox')).status).toBe(200);
  expect((await get('/sandbox/outbox?to=0597000002')).status).toBe(200);
  expect(shown).toMatchObject([
    ['sandbox/home', { portals, newcomer: { fullName: 'Đỗ Minh Quân' } }],
    ['sandbox/outbox', { to: '0597000002', messages: [{ text: 'Mã 654321' }] }],
  ]);
});
