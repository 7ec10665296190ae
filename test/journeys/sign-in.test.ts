import { describe, expect, test } from '@jest/globals';
import { startLogoutReceiver } from '../provider/support/logout-receiver.ts';
import { formOf } from '../self-service/people.ts';
import { softDevice } from '../authenticators/soft-device.ts';
import { openHouse } from '../support/house.ts';
import { installLeakNet } from '../support/leak-net.ts';

const house = await openHouse();
const [services, health, land] = house.portals;
installLeakNet(house.leakNet);

describe('a citizen signs in', () => {
  test('with password and authenticator app at LoA2, and the portal gets what was agreed and allowed', async () => {
    const resident = await house.resident({ passkey: false });
    const citizen = house.citizen();
    const request = await health.request();
    await citizen.open(request.url);
    expect(citizen.step).toBe('identify');
    expect((await citizen.identify(resident.nationalId)).step).toBe('password');
    expect((await citizen.password(resident.password)).step).toBe('code');
    expect((await citizen.code(resident.appCode())).step).toBe('consent');
    const back = await citizen.consent('allow', ['gender']);
    const tokens = await health.tokens(back.url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA2', amr: ['pwd', 'otp', 'mfa'], account_level: '02' });
    const { body } = await health.userinfo(tokens.accessToken);
    expect(body).toMatchObject({
      name: resident.fullName,
      national_id: resident.nationalId,
      sub: tokens.claims['sub'],
    });
    expect(Object.keys(body)).toContain('gender');
    expect(Object.keys(body)).not.toContain('address');
  });

  test('with password and a code by SMS at LoA1', async () => {
    const resident = await house.resident({ level: '01', totp: false, passkey: false });
    const citizen = house.citizen();
    const request = await services.request();
    await citizen.open(request.url);
    await citizen.signIn(resident, 'sms_code');
    const tokens = await services.tokens((await citizen.consent('allow')).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA1', amr: ['pwd', 'sms', 'mfa'], account_level: '01' });
  });

  test('with a passkey alone, at the first page, at LoA3', async () => {
    const resident = await house.resident({ totp: false });
    const citizen = house.citizen();
    const request = await land.request();
    await citizen.open(request.url);
    expect((await citizen.passkey(resident)).step).toBe('consent');
    const tokens = await land.tokens((await citizen.consent('allow')).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA3', account_level: '02' });
    expect(tokens.claims['amr']).toContain('user');
  });
});

describe('one session for all portals', () => {
  test('from LoA1 to LoA2 without typing, and the second time without a page', async () => {
    const resident = await house.resident({ passkey: false });
    const citizen = house.citizen();
    await citizen.open((await services.request()).url);
    await citizen.signIn(resident);
    await citizen.consent('allow');
    const request = await health.request();
    expect((await citizen.open(request.url)).step).toBe('consent');
    const tokens = await health.tokens((await citizen.consent('allow')).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA2' });
    const again = await health.request();
    const back = await citizen.open(again.url);
    expect((await health.tokens(back.url, again)).claims['sub']).toBe(tokens.claims['sub']);
  });

  test('each portal knows the person by another name', async () => {
    const resident = await house.resident();
    const citizen = house.citizen();
    const subs: unknown[] = [];
    for (const portal of house.portals) {
      const request = await portal.request();
      let page = await citizen.open(request.url);
      if (page.step === 'identify') page = await citizen.passkey(resident);
      page = await citizen.consent('allow');
      subs.push((await portal.tokens(page.url, request)).claims['sub']);
    }
    expect(new Set([...subs, resident.subject]).size).toBe(4);
  });

  test('a step up to LoA3 asks for the passkey only', async () => {
    const resident = await house.resident();
    const citizen = house.citizen();
    await citizen.open((await services.request()).url);
    await citizen.signIn(resident);
    await citizen.consent('allow');
    const request = await land.request();
    expect((await citizen.open(request.url)).step).toBe('passkey');
    expect((await citizen.passkey(resident)).step).toBe('consent');
    const tokens = await land.tokens((await citizen.consent('allow')).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA3' });
  });

  test('who has no passkey makes one at the LoA3 portal, and uses it', async () => {
    const resident = await house.resident({ passkey: false });
    const citizen = house.citizen();
    const device = softDevice();
    const request = await land.request();
    await citizen.open(request.url);
    expect((await citizen.signIn(resident)).step).toBe('passkey-enrol');
    const made = device.create(citizen.form('/passkey-enrol').options, house.issuer);
    expect(
      (await citizen.submit('/passkey-enrol', { credential: JSON.stringify(made), name: 'Điện thoại' })).step,
    ).toBe('passkey');
    const shown = device.get(citizen.form('/passkey').options, house.issuer);
    expect((await citizen.submit('/passkey', { credential: JSON.stringify(shown) })).step).toBe('consent');
    const tokens = await land.tokens((await citizen.consent('allow')).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA3' });
  });
});

describe('a newcomer', () => {
  test('registers at level 01 on the way to a portal, and arrives there', async () => {
    const { nationalId, fullName, birthDate, card, phone } = house.newcomer();
    const citizen = house.citizen();
    const request = await services.request();
    await citizen.open(request.url);
    const visit = citizen.page.url.pathname;
    await citizen.open(/href="(\/register[^"]*)"/.exec(citizen.page.html)?.[1] ?? '');
    await citizen.submit('/register', formOf(nationalId, fullName, birthDate, card.issuedOn ?? '', phone));
    expect((await citizen.submit('/register/code', { code: await house.smsCode(phone) })).step).toBe(
      'register-password',
    );
    expect((await citizen.submit('/register/password', { password: 'duong-ve-que-ngoai' })).step).toBe('register-done');
    expect(citizen.page.html).toContain(`href="${visit}"`);
    expect((await citizen.open(visit)).step).toBe('identify');
    await citizen.identify(nationalId);
    await citizen.password('duong-ve-que-ngoai');
    await citizen.code(await house.smsCode(phone));
    expect(citizen.step).toBe('consent');
    const tokens = await services.tokens((await citizen.consent('allow', ['phone_number'])).url, request);
    expect(tokens.claims).toMatchObject({ acr: 'LoA1', account_level: '01' });
    const { body } = await services.userinfo(tokens.accessToken);
    expect(body).toMatchObject({ name: fullName, national_id: nationalId, phone_number: phone });
  });
});

describe('signing out at one portal', () => {
  test('ends the session at the other, which is told, and the tokens of both', async () => {
    const [here, there] = [await startLogoutReceiver(), await startLogoutReceiver()];
    const first = await house.addPortal('cong-mot', { logoutUri: here.uri });
    const second = await house.addPortal('cong-hai', { logoutUri: there.uri });
    const resident = await house.resident();
    const citizen = house.citizen();
    const held = [];
    for (const portal of [first, second]) {
      const request = await portal.request();
      await citizen.open(request.url);
      if (citizen.step === 'identify') await citizen.passkey(resident);
      held.push(await portal.tokens((await citizen.consent('allow')).url, request));
    }
    const [one, two] = held;
    if (!one || !two) throw new Error('two sign-ins were made');
    expect((await citizen.open(first.signOutUrl(one))).step).toBe('sign-out');
    await citizen.submit('/session/end/confirm', { logout: 'yes' });
    const [notice] = await there.received(1);
    expect(notice).toMatchObject({
      iss: house.issuer,
      aud: 'cong-hai',
      sub: two.claims['sub'],
      sid: two.claims['sid'],
    });
    expect((await first.userinfo(one.accessToken)).status).toBe(401);
    expect((await second.userinfo(two.accessToken)).status).toBe(401);
    await citizen.open((await second.request()).url);
    expect(citizen.step).toBe('identify');
  });
});
