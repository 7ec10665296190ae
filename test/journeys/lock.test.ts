import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { findAccount } from '../../src/accounts/find-account.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { startLogoutReceiver } from '../provider/support/logout-receiver.ts';
import { openHouse } from '../support/house.ts';
import { installLeakNet } from '../support/leak-net.ts';
import type { Resident } from '../support/resident.ts';
import { assertPasskey } from '../support/software-passkey.ts';

const house = await openHouse();
const receivers = [await startLogoutReceiver(), await startLogoutReceiver()];
const portals = await Promise.all(
  receivers.map(({ uri }, index) => house.addPortal(`cong-${index}`, { logoutUri: uri })),
);
const WITHIN_MS = 5_000;
installLeakNet(house.leakNet);

/** Signed in at both portals in one browser. */
async function enterBoth(resident: Resident) {
  const citizen = house.citizen();
  const tokens = [];
  for (const portal of portals) {
    const request = await portal.request();
    await citizen.open(request.url);
    if (citizen.step === 'identify') await citizen.passkey(resident);
    tokens.push(await portal.tokens((await citizen.consent('allow')).url, request));
  }
  return { citizen, tokens };
}

async function untilTold(): Promise<number> {
  const from = Date.now();
  while (receivers.some(({ tokens }) => tokens.length === 0)) {
    if (Date.now() - from > 2 * WITHIN_MS) throw new Error('a portal was not told');
    await pause(20);
  }
  for (const { tokens } of receivers) tokens.length = 0;
  return Date.now() - from;
}

/** The newest message to this phone, once there is one that says so. */
async function notice(phone: string, says: string): Promise<string | undefined> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await house.outbox(phone)).find(({ text }) => text.includes(says));
    if (found) return found.text;
    await pause(50);
  }
  return undefined;
}

test('the holder locks while signed in at two portals: both hear of it within seconds, and the phone gets a notice', async () => {
  const resident = await house.resident();
  const { citizen, tokens } = await enterBoth(resident);
  await citizen.open('/account/lock');
  expect(citizen.step).toBe('lock-account');
  await citizen.submit('/account/lock');
  expect(citizen.step).toBe('locked');
  const toldAfterMs = await untilTold();
  process.stdout.write(`from the lock to the logout at both portals: ${toldAfterMs} ms\n`);
  expect(toldAfterMs).toBeLessThan(WITHIN_MS);
  for (const [index, { accessToken }] of tokens.entries()) {
    expect((await portals[index]!.userinfo(accessToken)).status).toBe(401);
  }
  expect(await notice(resident.phone, 'đã bị khóa')).toContain('Không ai được hỏi mã của quý vị.');

  await citizen.open('/unlock');
  const options = citizen.form('/unlock').options as { challenge: string };
  const credential = JSON.stringify(assertPasskey(resident.passkey!, options, house.issuer));
  await citizen.submit('/unlock', { credential });
  expect(citizen.step).toBe('unlocked');
  expect((await findAccount(house.deps, resident.subject))?.grounds).toEqual([]);
  expect(await notice(resident.phone, 'đã mở khóa')).toMatch(/\/lock\/[\w-]{22}/);
  await citizen.open('/account/history');
  expect(citizen.step).toBe('identify');
});

test('a process that locks and dies at once leaves nothing undone: another ends the sessions and tells all', async () => {
  const resident = await house.resident();
  const { tokens } = await enterBoth(resident);
  await lockAccount(house.deps, resident.subject, { ground: 'card_expired', actor: 'registry' }); // this process does no more
  expect((await portals[0]!.userinfo(tokens[0]!.accessToken)).status).toBe(401);
  const toldAfterMs = await untilTold();
  process.stdout.write(`from a lock in another process to the logout at both portals: ${toldAfterMs} ms\n`);
  expect(toldAfterMs).toBeLessThan(WITHIN_MS);
  expect(await notice(resident.phone, 'thẻ căn cước đã hết hạn')).toBeDefined();
});

test('a lock in the middle of a sign-in stops it', async () => {
  const resident = await house.resident();
  const citizen = house.citizen();
  const request = await portals[0]!.request();
  await citizen.open(request.url);
  await citizen.identify(resident.nationalId);
  await citizen.password(resident.password);
  await citizen.choose('totp');
  await lockAccount(house.deps, resident.subject, { ground: 'self_request', actor: 'holder' });
  await citizen.code(resident.appCode());
  // what was shown before the lock no longer counts, unless it was in the same second
  const stepNow = (): string | undefined => citizen.step;
  if (stepNow() === 'password') {
    await citizen.password(resident.password);
    if (stepNow() !== 'unavailable') {
      await citizen.choose('totp');
      await citizen.code(resident.appCode());
    }
  }
  expect(citizen.step).toBe('unavailable');
  expect(citizen.page.html).toContain('href="/unlock"');
});
