import { describe, expect, test } from '@jest/globals';
import path from 'node:path';
import type { Claimant } from '../../../src/authenticators/claimant.ts';
import { createGatewayWatch } from '../../../src/authenticators/otp/gateway-watch.ts';
import { sendSmsCode, type SendSmsCodeDeps } from '../../../src/authenticators/otp/send-sms-code.ts';
import { verifySmsCode } from '../../../src/authenticators/otp/verify-sms-code.ts';
import type { Message, SendOutcome } from '../../../src/delivery/message.ts';
import { loadTexts } from '../../../src/http/texts.ts';
import { randomId } from '../../../src/kernel/random.ts';
import { parsePhoneNumber, type PhoneNumber } from '../../../src/registry/phone-number.ts';
import { openCache } from '../../../src/storage/redis.ts';
import { rotated } from '../../support/test-keyring.ts';
import { authenticatorWorld, sealed } from '../world.ts';

const world = await authenticatorWorld();
const { clock } = world;

/** The outside: keeps what it is given, as long as it takes, with the outcome that is set. */
class FakeGateway {
  sent: Message[] = [];
  outcome: SendOutcome = { kind: 'accepted' };
  delayMs = 0;
  async send(message: Message): Promise<SendOutcome> {
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    this.sent.push(message);
    return this.outcome;
  }
}

function gatewayWorld() {
  const gateway = new FakeGateway();
  const deps: SendSmsCodeDeps = {
    ...world.deps,
    delivery: gateway,
    gatewayWatch: createGatewayWatch(),
    texts: loadTexts(path.resolve('views/locales')),
    issuer: 'https://dinhdanh.example',
    log: { error: (facts) => expect(facts).toBeUndefined() },
  };
  return { gateway, deps };
}
const { gateway, deps } = gatewayWorld();

let nextPhone = 0;
const phone = (): PhoneNumber => {
  nextPhone += 1;
  const parsed = parsePhoneNumber(`09${String(nextPhone).padStart(8, '0')}`);
  if (!parsed) throw new Error('not a phone');
  return parsed;
};
const request = (who: Claimant, to: PhoneNumber | undefined, transaction: string = randomId()) =>
  ({ transaction, purpose: 'sign_in', who, phone: to, portalName: 'Bảo hiểm y tế', locale: 'vi' }) as const;

async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (let i = 0; i < 200; i += 1) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come');
}
const messageTo = (to: PhoneNumber, nth = 0) =>
  eventually(() => gateway.sent.filter((message) => message.to.reveal() === to.reveal())[nth]);
async function codeTo(to: PhoneNumber, nth = 0): Promise<string> {
  const code = (await messageTo(to, nth)).text.reveal().slice(0, 6);
  world.secrets.push({ kind: 'code', value: code }, { kind: 'phone', value: to.reveal() });
  return code;
}

/** A person with a code on the way. */
async function withCode() {
  const [who, to, transaction] = [await world.person(), phone(), randomId()];
  expect(await sendSmsCode(deps, request(who, to, transaction))).toEqual({ kind: 'sent', resendAfterSeconds: 0 });
  return { who, to, transaction, code: await codeTo(to) };
}
const wrongOf = (code: string) => sealed(code === '000000' ? '111111' : '000000');

describe('a code', () => {
  test('is right once', async () => {
    const { who, transaction, code } = await withCode();
    expect(
      (await verifySmsCode(deps, { transaction, who }, sealed(` ${code.slice(0, 3)} ${code.slice(3)} `))).kind,
    ).toBe('verified');
    expect((await verifySmsCode(deps, { transaction, who }, sealed(code))).kind).toBe('expired');
    expect(await world.events(who.subject)).toEqual(['sms_code.accepted', 'sms_code.rejected', 'sms_code.requested']);
  });
  test('is right once of fifty times at once', async () => {
    const { who, transaction, code } = await withCode();
    const all = await Promise.all(
      Array.from({ length: 50 }, () => verifySmsCode(deps, { transaction, who }, sealed(code))),
    );
    expect(all.filter(({ kind }) => kind === 'verified')).toHaveLength(1);
  });
  test('is worth nothing in another transaction', async () => {
    const a = await withCode();
    const b = await withCode();
    expect((await verifySmsCode(deps, { transaction: b.transaction, who: a.who }, sealed(a.code))).kind).toBe(
      'expired',
    );
    expect((await verifySmsCode(deps, { transaction: b.transaction, who: b.who }, sealed(a.code))).kind).toBe(
      'rejected',
    );
    const other = { transaction: randomId(), who: a.who };
    expect((await verifySmsCode(deps, other, sealed(a.code))).kind).toBe('expired');
  });
  test('is worth nothing for another person in the same transaction', async () => {
    const { transaction, code } = await withCode();
    const other = await world.person();
    expect((await verifySmsCode(deps, { transaction, who: other }, sealed(code))).kind).toBe('expired');
  });
  test('lapses after five minutes', async () => {
    const { transaction } = await withCode();
    const left = await world.cache.pttl(`sms-code:${transaction}`);
    expect(left).toBeGreaterThan(295_000);
    expect(left).toBeLessThanOrEqual(300_000);
  });
  test('takes five tries, then none, whatever is typed; twenty at once get five', async () => {
    const { who, transaction, code } = await withCode();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => verifySmsCode(deps, { transaction, who }, wrongOf(code))),
    );
    expect(all.filter(({ kind }) => kind === 'rejected')).toHaveLength(5);
    expect(all.filter(({ kind }) => kind === 'locked')).toHaveLength(15);
    clock.passSeconds(15 * 60);
    expect((await verifySmsCode(deps, { transaction, who }, sealed(code))).kind).toBe('expired');
  });
  test('in place of an earlier one: only the last is right, and wrong tries go on being counted', async () => {
    const { who, to, transaction, code } = await withCode();
    for (let i = 0; i < 4; i += 1) await verifySmsCode(deps, { transaction, who }, wrongOf(code));
    await sendSmsCode(deps, request(who, to, transaction));
    const second = await codeTo(to, 1);
    const answer = await verifySmsCode(deps, { transaction, who }, wrongOf(second));
    expect(answer.kind).toBe('rejected');
    expect((await verifySmsCode(deps, { transaction, who }, sealed(second))).kind).toBe('locked');
  });
  test('outlives a rotation of the hash key', async () => {
    const { who, transaction, code } = await withCode();
    const keyring = { ...deps.keyring, hashing: rotated(deps.keyring.hashing) };
    expect((await verifySmsCode({ ...deps, keyring }, { transaction, who }, sealed(code))).kind).toBe('verified');
  });
});

describe('a decoy', () => {
  test('answers, counts and costs as the real one, and sends nothing', async () => {
    const known = { who: await world.person(), to: phone() };
    const unknown = { who: world.stranger(), to: undefined };
    const transcript = async ({ who, to }: { who: Claimant; to: PhoneNumber | undefined }) => {
      const transaction = randomId();
      const seen: unknown[] = [];
      const note = async (work: () => Promise<unknown>) =>
        seen.push(await world.cost(async () => seen.push(await work())));
      for (let i = 0; i < 3; i += 1) await note(() => sendSmsCode(deps, request(who, to, transaction)));
      for (let i = 0; i < 7; i += 1) await note(() => verifySmsCode(deps, { transaction, who }, sealed('not a code')));
      return seen;
    };
    const before = gateway.sent.length;
    const answers = await transcript(unknown);
    expect(gateway.sent).toHaveLength(before);
    expect(answers).toEqual(await transcript(known));
  });
  test('a slow gateway does not slow the answer', async () => {
    const slow = gatewayWorld();
    slow.gateway.delayMs = 400;
    const start = performance.now();
    await sendSmsCode(slow.deps, request(await world.person(), phone()));
    expect(performance.now() - start).toBeLessThan(300);
    await eventually(() => slow.gateway.sent[0]);
  });
});

describe('sending', () => {
  test('is limited for a number across identifiers, and for an identifier across numbers', async () => {
    const [a, b, to] = [await world.person(), await world.person(), phone()];
    await sendSmsCode(deps, request(a, to));
    await sendSmsCode(deps, request(b, to));
    expect((await sendSmsCode(deps, request(b, to))).kind).toBe('too_soon');
    const c = await world.person();
    await sendSmsCode(deps, request(c, phone()));
    await sendSmsCode(deps, request(c, phone()));
    expect((await sendSmsCode(deps, request(c, phone()))).kind).toBe('too_soon');
  });
  test('twenty a day', async () => {
    const [who, to] = [await world.person(), phone()];
    for (let i = 0; i < 20; i += 1) {
      clock.passSeconds(60);
      expect((await sendSmsCode(deps, request(who, to))).kind).toBe('sent');
    }
    clock.passSeconds(60);
    expect(await sendSmsCode(deps, request(who, to))).toEqual({
      kind: 'too_many',
      until: new Date(clock.now().getTime() + (24 * 3600 - 20 * 60) * 1000),
    });
  });
  test('a gateway that fails is told to everybody alike, for a while, and recorded', async () => {
    const broken = gatewayWorld();
    broken.gateway.outcome = { kind: 'failed', reason: 'timeout' };
    const who = await world.person();
    expect((await sendSmsCode(broken.deps, request(who, phone()))).kind).toBe('sent');
    await eventually(() => (broken.deps.gatewayWatch.isDown(clock.now()) ? true : undefined));
    expect((await sendSmsCode(broken.deps, request(who, phone()))).kind).toBe('unavailable');
    expect((await sendSmsCode(broken.deps, request(world.stranger(), undefined))).kind).toBe('unavailable');
    broken.gateway.outcome = { kind: 'accepted' };
    clock.passSeconds(31);
    expect((await sendSmsCode(broken.deps, request(await world.person(), phone()))).kind).toBe('sent');
    await eventually(() => (broken.deps.gatewayWatch.isDown(clock.now()) ? undefined : true));
    expect(await world.events(who.subject)).toContain('sms_code.not_delivered');
  });
  test('without Redis nothing is sent or verified', async () => {
    const gone = openCache('redis://127.0.0.1:1');
    const who = await world.person();
    const to = phone();
    expect(await sendSmsCode({ ...deps, cache: gone }, request(who, to))).toEqual({ kind: 'unavailable' });
    expect(await verifySmsCode({ ...deps, cache: gone }, { transaction: 't', who }, sealed('123456'))).toEqual({
      kind: 'unavailable',
    });
    gone.disconnect();
  });
});

test('a registration proves a phone before there is an account', async () => {
  const [who, to, transaction] = [world.stranger(), phone(), randomId()];
  await sendSmsCode(deps, { transaction, purpose: 'register', who, phone: to, locale: 'en' });
  const code = await codeTo(to);
  expect((await messageTo(to)).text.reveal()).toBe(`${code} is your registration code.\n@dinhdanh.example #${code}`);
  expect((await verifySmsCode(deps, { transaction, who }, sealed(code))).kind).toBe('verified');
});
