import { describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import type { Claimant } from '../../../src/authenticators/claimant.ts';
import type { FactorChange } from '../../../src/authenticators/factor-change.policy.ts';
import { beginTotpEnrolment } from '../../../src/authenticators/otp/begin-totp-enrolment.ts';
import { bindTotp } from '../../../src/authenticators/otp/bind-totp.ts';
import { confirmTotpEnrolment } from '../../../src/authenticators/otp/confirm-totp-enrolment.ts';
import { stepOfCode } from '../../../src/authenticators/otp/totp.ts';
import { verifyTotp } from '../../../src/authenticators/otp/verify-totp.ts';
import { epochSeconds } from '../../../src/kernel/clock.ts';
import { randomId } from '../../../src/kernel/random.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { rotated } from '../../support/test-keyring.ts';
import { authenticatorWorld, sealed } from '../world.ts';

const world = await authenticatorWorld();
const { clock, db } = world;
const deps = { ...world.deps, brandName: 'Định danh' };
world.secrets.push({ kind: 'totp_secret', value: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' });
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const codeAt = (secondsFromNow = 0, secret = SECRET) =>
  sealed(generateSync({ secret, epoch: epochSeconds(clock.now()) + secondsFromNow }));

async function withApp() {
  const who = await world.person();
  await inTransaction(db, (sql) => bindTotp(deps, sql, who.subject, sealed(SECRET)));
  clock.passSeconds(300);
  return who;
}

test('the codes of RFC 6238 appendix B, cut to six digits', () => {
  const secret = sealed('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  const table: [number, string, number][] = [
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ];
  for (const [seconds, code, step] of table) expect(stepOfCode(secret, sealed(code), seconds)).toBe(step);
});

describe('a code of the app', () => {
  test('is right for one step either way and no more', async () => {
    for (const [seconds, kind] of [
      [0, 'verified'],
      [-30, 'verified'],
      [30, 'verified'],
      [-90, 'rejected'],
      [90, 'rejected'],
    ] as const) {
      expect((await verifyTotp(deps, await withApp(), codeAt(seconds))).kind).toBe(kind);
    }
  });
  test('is right once; so are those before it', async () => {
    const who = await withApp();
    expect((await verifyTotp(deps, who, codeAt())).kind).toBe('verified');
    expect((await verifyTotp(deps, who, codeAt())).kind).toBe('rejected');
    expect((await verifyTotp(deps, who, codeAt(-30))).kind).toBe('rejected');
    clock.passSeconds(30);
    expect((await verifyTotp(deps, who, codeAt())).kind).toBe('verified');
    expect(await world.events(who.subject)).toEqual([
      'totp.accepted',
      'totp.accepted',
      'totp.enrolled',
      'totp.rejected',
      'totp.rejected',
    ]);
  });
  test('is right once of fifty times at once', async () => {
    const who = await withApp();
    const code = codeAt();
    const all = await Promise.all(Array.from({ length: 50 }, () => verifyTotp(deps, who, code)));
    expect(all.filter(({ kind }) => kind === 'verified')).toHaveLength(1);
    expect((await world.events(who.subject)).filter((kind) => kind === 'totp.accepted')).toHaveLength(1);
  });
  test('costs two statements and two Redis commands', async () => {
    const who = await withApp();
    await verifyTotp(deps, who, codeAt());
    clock.passSeconds(60);
    expect(await world.cost(() => verifyTotp(deps, who, codeAt()))).toEqual({ sql: 2, redis: 2 });
  });
  test.each(['', 'abcdef', '12345', '1234567', '123456\u0000', '¹²³⁴⁵⁶7'])(
    'malformed %j is wrong, not an error',
    async (code) => {
      expect((await verifyTotp(deps, await withApp(), sealed(code))).kind).toBe('rejected');
    },
  );
  test('of another account is worth nothing, its sealed secret neither', async () => {
    const [a, b] = [await withApp(), await withApp()];
    await db.query('UPDATE totp SET secret = (SELECT secret FROM totp WHERE account_id = $2) WHERE account_id = $1', [
      a.subject,
      b.subject,
    ]);
    await expect(verifyTotp(deps, a, codeAt())).rejects.toThrow();
  });
  test('is verified after the sealing key was rotated', async () => {
    const who = await withApp();
    const keyring = { ...deps.keyring, sealing: rotated(deps.keyring.sealing) };
    expect((await verifyTotp({ ...deps, keyring }, who, codeAt())).kind).toBe('verified');
  });
});

test('guessing: known, unknown and without an app alike; five, then locked', async () => {
  const answersTo = async (who: Claimant) => {
    const seen: unknown[] = [];
    for (let i = 0; i < 7; i += 1) {
      seen.push(await world.cost(async () => seen.push(await verifyTotp(deps, who, sealed('not it')))));
    }
    return seen;
  };
  const known = await answersTo(await withApp());
  expect(await answersTo(world.stranger())).toEqual(known);
  expect(await answersTo(await world.person())).toEqual(known);
  const who = await withApp();
  const all = await Promise.all(Array.from({ length: 20 }, () => verifyTotp(deps, who, sealed('not it'))));
  expect(all.filter(({ kind }) => kind === 'rejected')).toHaveLength(5);
});

describe('enrolment', () => {
  const fresh = (who: Required<Claimant>, transaction: string = randomId()): FactorChange => {
    const atSeconds = epochSeconds(clock.now());
    return {
      transaction,
      subject: who.subject,
      shown: [
        { by: 'password', atSeconds },
        { by: 'sms_code', atSeconds },
      ],
    };
  };
  async function begun(change: FactorChange) {
    const answer = await beginTotpEnrolment(deps, change, '079 ••• ••• 234');
    if (answer.kind !== 'begun') throw new Error(answer.kind);
    return answer;
  }
  test('binds the secret once its first code is right, and that code is spent', async () => {
    const who = await world.person();
    const change = fresh(who);
    const { secret, uri } = await begun(change);
    expect(uri.reveal()).toMatch(/^otpauth:\/\/totp\/.*secret=/);
    expect((await confirmTotpEnrolment(deps, change, sealed('000'))).kind).toBe('rejected');
    const code = codeAt(0, secret.reveal());
    expect((await confirmTotpEnrolment(deps, change, code)).kind).toBe('enrolled');
    expect((await verifyTotp(deps, who, code)).kind).toBe('rejected');
    clock.passSeconds(30);
    expect((await verifyTotp(deps, who, codeAt(0, secret.reveal()))).kind).toBe('verified');
    const { rows } = await db.query<{ secret: Buffer }>('SELECT secret FROM totp WHERE account_id = $1', [who.subject]);
    expect(rows[0]?.secret.toString('latin1')).not.toContain(secret.reveal());
  });
  test('not in another transaction, nor for another subject, nor twice', async () => {
    const [a, b] = [await world.person(), await world.person()];
    const change = fresh(a);
    const { secret } = await begun(change);
    const code = codeAt(0, secret.reveal());
    expect((await confirmTotpEnrolment(deps, fresh(a), code)).kind).toBe('expired');
    expect((await confirmTotpEnrolment(deps, fresh(b, change.transaction), code)).kind).toBe('expired');
    const all = await Promise.all(Array.from({ length: 10 }, () => confirmTotpEnrolment(deps, change, code)));
    expect(all.filter(({ kind }) => kind === 'enrolled')).toHaveLength(1);
  });
  test('not after a sign-in too low or too old', async () => {
    const who = await world.person();
    const low = { ...fresh(who), shown: fresh(who).shown.slice(0, 1) };
    expect(await beginTotpEnrolment(deps, low, 'x')).toEqual({ kind: 'step_up' });
    const old = fresh(who);
    clock.passSeconds(20 * 60 + 1);
    expect(await beginTotpEnrolment(deps, old, 'x')).toEqual({ kind: 'step_up' });
    expect(await confirmTotpEnrolment(deps, old, sealed('000000'))).toEqual({ kind: 'step_up' });
    const withOne = await withApp();
    expect(await beginTotpEnrolment(deps, fresh(withOne), 'x')).toEqual({ kind: 'step_up' });
  });
});
