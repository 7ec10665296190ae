import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { type Citizen, formPost } from '../support/citizen.ts';
import { listen } from '../support/edge-server.ts';
import { openHouse } from '../support/house.ts';
import { findLeaks } from '../support/leak-net.ts';
import type { Resident } from '../support/resident.ts';
import type { Wire } from '../support/wire.ts';

/** A gateway for SMS that takes messages, or is out of order. */
const gateway = { isDown: false, texts: [] as string[] };
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    if (gateway.isDown) return void response.writeHead(503).end();
    gateway.texts.push(body);
    return void response.writeHead(200).end('{}');
  });
});
const gatewayPort = await listen(server);
const folder = mkdtempSync(path.join(tmpdir(), 'eid-delivery-'));
const deliveryFile = path.join(folder, 'delivery.json');
const url = `http://127.0.0.1:${gatewayPort}/send`;
const body = { json: { to: '{to}', text: '{text}' } };
writeFileSync(deliveryFile, JSON.stringify({ sms: [{ kind: 'http', name: 'only', url, body }] }));
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const house = await openHouse({ EID_DELIVERY_FILE: deliveryFile });
const [services, health] = house.portals;

afterEach(async () => {
  house.postgres.mend();
  house.redis.mend();
  gateway.isDown = false;
  await until(async () => (await ready()).status === 200);
});

async function until(look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await look());) {
    if (Date.now() > end) throw new Error('it did not come true in time');
  }
}
async function ready(): Promise<{ status: number; body: Record<string, string> }> {
  const answer = await fetch(`${house.issuer}/health/ready`);
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
async function signsIn(resident: Resident): Promise<void> {
  const citizen = house.citizen();
  const request = await health.request();
  await citizen.open(request.url);
  await citizen.passkey(resident);
  if (citizen.step === 'consent') await citizen.consent('allow');
  await health.tokens(citizen.page.url, request);
}
async function atConsent(): Promise<{ citizen: Citizen; resident: Resident }> {
  const [citizen, resident] = [house.citizen(), await house.resident()];
  await citizen.open((await health.request()).url);
  await citizen.passkey(resident);
  expect(citizen.step).toBe('consent');
  return { citizen, resident };
}

describe.each<[string, Wire, string]>([
  ['PostgreSQL', house.postgres, 'postgresql'],
  ['Redis', house.redis, 'redis'],
])('without %s', (_, wire, part) => {
  test('readiness says so, the process lives, and everything comes back by itself', async () => {
    const resident = await house.resident();
    await signsIn(resident);
    const citizen = house.citizen();
    await citizen.open((await health.request()).url);
    const { action, hidden } = citizen.form('/identify');
    const form = { ...hidden, national_id: resident.nationalId };
    wire.cut();
    await until(async () => (await ready()).status === 503);
    const { body: told } = await ready();
    expect(told).toMatchObject({ status: 'down', [part]: 'down' });
    expect((await fetch(`${house.issuer}/health/live`)).status).toBe(200);
    const page = await citizen.post(action, form);
    expect([page.status, page.step]).toEqual([503, 'error']);
    wire.mend();
    await until(async () => (await ready()).status === 200);
    expect((await citizen.post(action, form)).step).toBe('password');
    await signsIn(resident);
  }, 60_000);

  test('no consent that was answered for is lost, whenever the wire breaks', async () => {
    const visits = await Promise.all(Array.from({ length: 8 }, atConsent));
    const answers = visits.map(async ({ citizen, resident }, index) => {
      const { action, hidden } = citizen.form('/consent');
      if (index === 4) wire.cut();
      const answer = await citizen.browser
        .go(action, formPost({ ...hidden, decision: 'allow' }))
        .catch(() => undefined);
      return { resident, isAcknowledged: answer?.headers.get('location')?.includes('/auth/') ?? false };
    });
    const done = await Promise.all(answers);
    wire.mend();
    await until(async () => (await ready()).status === 200);
    for (const { resident } of done.filter(({ isAcknowledged }) => isAcknowledged)) {
      const { rows } = await house.deps.db.query(
        `SELECT 1 FROM consent c JOIN audit_event e ON e.account_id = c.account_id AND e.kind = 'consent.decided'
         WHERE c.account_id = $1 AND c.decision = 'allow'`,
        [resident.subject],
      );
      expect(rows.length).toBeGreaterThan(0);
    }
    // and whoever was not answered simply goes on
    for (const { resident } of done.slice(0, 2)) await signsIn(resident);
  }, 60_000);
});

describe('without the gateway for SMS', () => {
  async function askForCode(): Promise<Citizen> {
    const resident = await house.resident({ level: '01', totp: false, passkey: false });
    const citizen = house.citizen();
    await citizen.open((await services.request()).url);
    await citizen.identify(resident.nationalId);
    await citizen.password(resident.password);
    return citizen;
  }

  // the first cannot know: an answer about one's own message would tell whether there was one to send (gateway-watch.ts)
  test('whoever asks for a code after it failed hears that none can be sent; others sign in', async () => {
    const working = await askForCode();
    const code = (): string => gateway.texts.flatMap((text) => /\b\d{6}\b/.exec(text) ?? [])[0] ?? '';
    await until(async () => code() !== '');
    expect((await working.code(code())).step).toBe('consent');
    gateway.isDown = true;
    await until(async () => (await askForCode()).page.status === 503);
    const told = await askForCode();
    expect([told.page.status, told.step]).toEqual([503, 'code']);
    await signsIn(await house.resident());
  }, 60_000);
});

test('nothing of anybody lies about', async () => {
  expect(await findLeaks(house.leakNet)).toEqual([]);
});
