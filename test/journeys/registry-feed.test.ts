import { freePort } from '../provider/support/start-provider.ts';
import { startLogoutReceiver } from '../provider/support/logout-receiver.ts';
import { openHouse } from '../support/house.ts';
import { installLeakNet } from '../support/leak-net.ts';
import type { Resident } from '../support/resident.ts';

const metricsPort = await freePort();
const house = await openHouse({ EID_METRICS_PORT: String(metricsPort) });
const receiver = await startLogoutReceiver();
const portal = await house.addPortal('hearing-portal', { minimumAcr: 'LoA1', logoutUri: receiver.uri });
installLeakNet(house.leakNet);

const WITHIN_MS = 5_000;

async function happen(happening: object): Promise<Record<string, Record<string, unknown>>> {
  const answer = await house.registry.call('/sandbox/happenings', happening);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, Record<string, unknown>>;
}
/** Signs in at the portal; the sub it was told. */
async function visit(resident: Resident) {
  const citizen = house.citizen();
  const request = await portal.request();
  await citizen.open(request.url);
  await citizen.signIn(resident);
  const page = citizen.step === 'consent' ? await citizen.consent('allow') : citizen.page;
  const tokens = await portal.tokens(page.url, request);
  return { citizen, tokens };
}
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('a card withdrawn: within 5 s the session is gone, the portal heard it, and the holder was told', async () => {
  const resident = await house.resident({ passkey: false });
  const { citizen } = await visit(resident);
  const heard = receiver.tokens.length;
  await happen({ kind: 'card_withdrawn', national_id: resident.nationalId });
  const before = Date.now();
  await receiver.received(heard + 1);
  expect(receiver.tokens).toHaveLength(heard + 1);
  expect(Date.now() - before).toBeLessThan(WITHIN_MS);
  await until(async () => (await house.outbox(resident.phone)).some(({ text }) => text.includes('thu hồi')));
  const again = await portal.request();
  expect((await citizen.open(again.url)).step).toBe('identify');
});

test('a death: the session is gone and the portal heard it, and nobody is written to', async () => {
  const resident = await house.resident({ passkey: false });
  const { tokens } = await visit(resident);
  const heard = receiver.tokens.length;
  await happen({ kind: 'death', national_id: resident.nationalId });
  await receiver.received(heard + 1);
  expect(receiver.tokens).toHaveLength(heard + 1);
  expect((await portal.userinfo(tokens.accessToken)).status).toBe(401);
  expect((await house.outbox(resident.phone)).filter(({ text }) => text.includes('khóa'))).toEqual([]);
});

test('a number re-established: the new one signs in with the same sub, the old one does not', async () => {
  const resident = await house.resident({ passkey: false });
  const { tokens } = await visit(resident);
  const { change } = await happen({ kind: 'number_reestablished', national_id: resident.nationalId });
  const renewed = String(change?.['new_national_id']);
  await until(async () => {
    const { rows } = await house.deps.db.query(
      `SELECT 1 FROM audit_event WHERE kind = 'account.number_reestablished' AND account_id = $1`,
      [resident.subject],
    );
    return rows.length === 1;
  });
  const after = await visit({ ...resident, nationalId: renewed });
  expect(after.tokens.claims['sub']).toBe(tokens.claims['sub']);

  const stranger = house.citizen();
  await stranger.open((await portal.request()).url);
  await stranger.identify(resident.nationalId);
  const refused = await stranger.password(resident.password);
  expect(refused.step).toBe('password');
  expect(refused.html).toContain('data-step="password"');
});

test('the lag is a metric', async () => {
  const read = async () => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return Number(/^registry_feed_lag_seconds (.*)$/m.exec(text)?.[1]);
  };
  expect(await read()).toBeLessThan(5);
});
