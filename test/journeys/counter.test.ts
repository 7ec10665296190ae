import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { TEST_STAFF } from '../../src/sandbox/officers.ts';
import { softDevice } from '../authenticators/soft-device.ts';
import type { Citizen } from '../support/citizen.ts';
import { openHouse } from '../support/house.ts';
import { installLeakNet } from '../support/leak-net.ts';
import { assertPasskey } from '../support/software-passkey.ts';

const house = await openHouse();
installLeakNet(house.leakNet);
const PASSWORD = 'mưa rào tháng bảy';

/** An officer at the console, by passkey. */
async function officer(name: string): Promise<Citizen> {
  const found = TEST_STAFF.officers.find((one) => one.name === name);
  if (!found) throw new Error(`nobody is ${name}`);
  const browser = house.citizen();
  await browser.open('/console/sign-in');
  const options = browser.form('/console/sign-in').options as { challenge: string };
  await browser.submit('/console/sign-in', {
    credential: JSON.stringify(assertPasskey(found.passkey, options, house.issuer)),
  });
  expect(browser.page.url.pathname).toBe('/console');
  return browser;
}

/** What the counter sends for this person, everything checked. */
const CHECKS = {
  card_seen: 'on',
  face_match: 'FM-2026-000123',
  fingerprint_match: 'FP-2026-000123',
  consent: 'on',
  form_number: 'TK01-000123',
  email: '',
};

async function submitCase(counter: Citizen, person: { nationalId: string; phone: string }): Promise<string> {
  await counter.open('/console/cases/new');
  await counter.submit('/console/cases/look-up', { scanned: person.nationalId });
  expect(counter.step).toBe('console-case-new');
  await counter.submit('/console/cases', { ...CHECKS, phone: person.phone });
  expect(counter.step).toBe('console-case');
  return counter.page.url.pathname;
}

async function messageTo(phone: string, words: RegExp): Promise<string> {
  for (let i = 0; i < 100; i += 1) {
    const found = (await house.outbox(phone)).find(({ text }) => words.test(text));
    if (found) return found.text;
    await pause(100);
  }
  throw new Error('no such message');
}

test('from the counter over the approver to the own device, and in at a portal of LoA3', async () => {
  const person = house.newcomer();
  const counter = await officer('Đỗ Thị Thu');
  const address = await submitCase(counter, person);
  expect(counter.page.html).not.toContain('/grant"'); // not the own case

  const elsewhere = await officer('Mai Xuân Tùng');
  expect((await elsewhere.open(address)).status).toBe(404);

  const approver = await officer('Vũ Đình Khải');
  await approver.open('/console/cases');
  expect(approver.page.html).toContain(address);
  await approver.open(address);
  await approver.submit('/grant');
  expect(approver.page.html).toContain('notice-green');
  expect((await approver.post(`${address}/grant`, { csrf: approver.csrf })).status).toBe(409);

  const told = await messageTo(person.phone, /7 ngày/);
  expect(told).not.toMatch(/\d{6}/);

  const citizen = house.citizen();
  await citizen.open('/activate');
  await citizen.submit('/activate', { national_id: person.nationalId });
  await messageTo(person.phone, /^\d{6}/);
  const code = await house.smsCode(person.phone);
  await citizen.submit('/activate/code', { code });
  await citizen.submit('/activate/password', { password: PASSWORD });
  expect(citizen.step).toBe('activate-factor');
  const device = softDevice();
  const made = device.create(citizen.form('/activate/passkey').options, house.issuer);
  await citizen.submit('/activate/passkey', { credential: JSON.stringify(made), name: '' });
  expect(citizen.step).toBe('activate-done');

  const strict = house.portals[2];
  const request = await strict.request();
  await citizen.open(request.url);
  const options = citizen.form('/passkey').options;
  await citizen.submit('/passkey', { credential: JSON.stringify(device.get(options, house.issuer)) });
  const { claims } = await strict.tokens((await citizen.consent('allow')).url, request);
  expect(claims).toMatchObject({ acr: 'LoA3', account_level: '02' });
});

test('a foreigner, in English: counter, activation, nationality to a portal that asks; locked when the passport runs out', async () => {
  const { citizen: person } = house.testPerson('502195000102');
  const phone = person.phone!;
  const portal = await house.addPortal('asks-nationality', {
    scope: 'openid nationality',
    claims: [{ name: 'nationality', required: true }],
  });
  const counter = await officer('Đỗ Thị Thu');
  const address = await submitCase(counter, { nationalId: person.nationalId, phone });
  expect(counter.page.html).toContain('XJ9512242');
  const approver = await officer('Vũ Đình Khải');
  await approver.open(address);
  await approver.submit('/grant');
  await messageTo(phone, /7 ngày/);

  const citizen = house.citizen();
  await citizen.open('/activate?lang=en');
  await citizen.submit('/activate', { national_id: person.nationalId });
  await messageTo(phone, /^\d{6} is your activation code/);
  await citizen.submit('/activate/code', { code: await house.smsCode(phone) });
  await citizen.submit('/activate/password', { password: PASSWORD });
  const device = softDevice();
  const made = device.create(citizen.form('/activate/passkey').options, house.issuer);
  await citizen.submit('/activate/passkey', { credential: JSON.stringify(made), name: '' });

  const request = await portal.request();
  await citizen.open(request.url);
  const answer = device.get(citizen.form('/passkey').options, house.issuer);
  await citizen.submit('/passkey', { credential: JSON.stringify(answer) });
  const { accessToken } = await portal.tokens((await citizen.consent('allow')).url, request);
  const told = await portal.userinfo(accessToken);
  expect(told.status).toBe(200);
  expect(JSON.stringify(told)).toContain('Nhật Bản');

  await house.registry.call('/sandbox/happenings', { kind: 'passport_expired', national_id: person.nationalId });
  expect(await messageTo(phone, /locked/)).toBe(
    'Your e-ID account has been locked: passport expired. Nobody may ask you for a code.',
  );
  expect((await portal.userinfo(accessToken)).status).toBe(401);
});

test('refused by the approver: the citizen has nothing to activate, and can apply again', async () => {
  const person = house.newcomer();
  const counter = await officer('Đỗ Thị Thu');
  const address = await submitCase(counter, person);
  const approver = await officer('Cao Thị Nhàn');
  await approver.open(address);
  await approver.submit('/refuse', { code: '', reason: '' });
  expect(approver.page.status).toBe(400);
  await approver.submit('/refuse', { code: 'data_differs', reason: 'Khuôn mặt không khớp' });
  expect(approver.page.html).toContain('Khuôn mặt không khớp');

  const citizen = house.citizen();
  await citizen.open('/activate');
  await citizen.submit('/activate', { national_id: person.nationalId });
  expect(citizen.step).toBe('activate-code');
  expect(await messageTo(person.phone, /không được duyệt: Thông tin không khớp/)).not.toMatch(/\d{6}|Khuôn mặt/);
  expect(await house.outbox(person.phone)).toHaveLength(1);
  await submitCase(counter, person);
});

test('evidence goes out to the approver and the auditor, and to nobody else', async () => {
  const person = house.newcomer();
  const counter = await officer('Đỗ Thị Thu');
  const address = await submitCase(counter, person);
  const approver = await officer('Vũ Đình Khải');
  await approver.open(address);
  await approver.submit('/grant');
  expect((await counter.open(`${address}/evidence.json`)).status).toBe(403);
  const auditor = await officer('Dương Hải Yến');
  await auditor.open(address);
  expect(auditor.page.html).not.toContain(person.fullName);
  await auditor.open(`${address}/evidence.json`);
  const said = JSON.parse(auditor.page.html) as object;
  expect(said).toMatchObject({
    form_tk01: 'TK01-000123',
    verification: { assurance_level: '02', evidence: [{ check_details: [{}, { check_id: 'FM-2026-000123' }, {}] }] },
  });
});
