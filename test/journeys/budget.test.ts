import { describe, expect, test } from '@jest/globals';
import { openHouse } from '../support/house.ts';
import type { Citizen } from '../support/citizen.ts';
import type { Portal } from '../support/portal.ts';
import { statementsOfRequests } from '../support/wire.ts';
import type { Resident } from '../support/resident.ts';

const house = await openHouse();
const [services, health] = house.portals;
const print = (text: string): void => void process.stdout.write(`budget: ${text}\n`);

/** What a stretch of work cost on the wires. */
async function measured(name: string, work: () => Promise<void>) {
  house.postgres.reset();
  house.redis.reset();
  await work();
  const spent = { redis: house.redis.trips(), statements: statementsOfRequests(house.postgres) };
  print(`${name}: ${spent.redis} Redis round trips, ${spent.statements.length} SQL statements`);
  return spent;
}

/** From the authorization request to userinfo; `between` is what the person does. */
async function wholeSignIn(portal: Portal, citizen: Citizen, between: () => Promise<unknown>): Promise<void> {
  const request = await portal.request();
  await citizen.open(request.url);
  await between();
  const tokens = await portal.tokens(citizen.page.url, request);
  expect((await portal.userinfo(tokens.accessToken)).status).toBe(200);
}

/** Has decided about every claim of both portals. */
async function known(): Promise<Resident> {
  const resident = await house.resident({ passkey: false });
  const citizen = house.citizen();
  for (const portal of [services, health]) {
    await wholeSignIn(portal, citizen, async () => {
      if (citizen.step === 'identify') await citizen.signIn(resident);
      await citizen.consent('allow');
    });
  }
  return resident;
}

const writesAccount = (text: string): boolean => /(UPDATE|INSERT INTO|DELETE FROM)\s+account\b/i.test(text);

test('every page of a sign-in, with all that it loads, is under 60 KB', async () => {
  const resident = await house.resident();
  const citizen = house.citizen();
  await citizen.open((await health.request()).url);
  const pages = [citizen.page, await citizen.identify(resident.nationalId), await citizen.password(resident.password)];
  pages.push(await citizen.choose('totp'), await citizen.code(resident.appCode()));
  expect(pages.map(({ step }) => step)).toEqual(['identify', 'password', 'second-factor', 'code', 'consent']);
  for (const { html, step } of pages) {
    const loaded = [
      ...new Set([...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address)),
    ];
    const sizes = loaded.map(async (address) => (await (await fetch(house.issuer + address)).arrayBuffer()).byteLength);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, Buffer.byteLength(html));
    print(`page ${step}: ${(bytes / 1024).toFixed(1)} KB in ${loaded.length + 1} files`);
    expect([step, loaded.length > 0, bytes < 60 * 1024]).toEqual([step, true, true]);
  }
});

describe('what a sign-in costs', () => {
  test('with password and app, the consent remembered', async () => {
    const [resident, somebody] = [await known(), await known()];
    const [warm, citizen] = [house.citizen(), house.citizen()];
    // the first use of a connection and of a statement costs extra: that is not the sign-in's
    await wholeSignIn(health, warm, () => warm.signIn(somebody));
    const spent = await measured('password and app', () =>
      wholeSignIn(health, citizen, () => citizen.signIn(resident)),
    );
    expect(spent.statements.filter(writesAccount)).toEqual([]);
    expect(spent.redis).toBeLessThanOrEqual(24);
    expect(spent.statements.length).toBeLessThanOrEqual(10);
    const sso = await measured('single sign-on', () => wholeSignIn(services, citizen, async () => {}));
    expect(sso.statements.filter(writesAccount)).toEqual([]);
    expect(sso.redis).toBeLessThanOrEqual(12);
    expect(sso.statements.length).toBeLessThanOrEqual(3);
  });
});
