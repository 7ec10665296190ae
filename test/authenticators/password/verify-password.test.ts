import { describe, expect, test } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import type { Claimant } from '../../../src/authenticators/claimant.ts';
import { choosePassword } from '../../../src/authenticators/password/choose-password.ts';
import { createHashQueue } from '../../../src/authenticators/password/hash-queue.ts';
import { verifyPassword } from '../../../src/authenticators/password/verify-password.ts';
import { findAccount } from '../../../src/accounts/find-account.ts';
import { openDatabase } from '../../../src/storage/postgres.ts';
import { openCache } from '../../../src/storage/redis.ts';
import { rotated } from '../../support/test-keyring.ts';
import { authenticatorWorld, PASSWORD, sealed } from '../world.ts';

const world = await authenticatorWorld();
const { deps, clock } = world;

async function withPassword() {
  const who = await world.person();
  await world.givePassword(who.subject);
  return who;
}

describe('a right password', () => {
  test('is verified, recorded, and proves knowledge now', async () => {
    const who = await withPassword();
    expect(await verifyPassword(deps, who, sealed(PASSWORD))).toEqual({
      kind: 'verified',
      proof: { by: 'password', atSeconds: clock.now().getTime() / 1000 },
      beside: { totp: false, passkey: false },
    });
    expect(await world.events(who.subject)).toEqual(['password.accepted', 'password.set']);
  });
  test('is the same in composed and decomposed characters', async () => {
    const who = await withPassword();
    expect((await verifyPassword(deps, who, sealed(PASSWORD.normalize('NFD')))).kind).toBe('verified');
  });
  test('costs two statements and two Redis commands, a wrong one no more', async () => {
    const who = await withPassword();
    const right = async () => {
      await verifyPassword(deps, who, sealed(PASSWORD));
      await world.cache.ping(); // what forgets the wrong tries is not waited for; it is sent before this
    };
    expect(await world.cost(right)).toEqual({ sql: 2, redis: 3 });
    expect(await world.cost(() => verifyPassword(deps, who, sealed('wrong')))).toEqual({ sql: 2, redis: 1 });
  });
});

describe('guessing', () => {
  test('twenty wrong ones at once get as many tries as the limit', async () => {
    const who = await withPassword();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => verifyPassword(deps, who, sealed(`wrong ${i}`))),
    );
    expect(all.filter(({ kind }) => kind === 'rejected')).toHaveLength(5);
    expect(all.filter(({ kind }) => kind === 'locked')).toHaveLength(15);
    expect((await world.events(who.subject)).filter((kind) => kind === 'password.rejected')).toHaveLength(5);
    expect((await verifyPassword(deps, who, sealed(PASSWORD))).kind).toBe('locked');
    clock.passSeconds(15 * 60);
    expect((await verifyPassword(deps, who, sealed(PASSWORD))).kind).toBe('verified');
  });

  test('a known and an unknown number, and one without a password, answer alike, try by try', async () => {
    const people = [await withPassword(), world.stranger(), await world.person()] as const;
    const answersTo = async (who: Claimant) => {
      const seen: unknown[] = [];
      for (let i = 0; i < 7; i += 1) {
        const cost = await world.cost(async () => seen.push(await verifyPassword(deps, who, sealed(`wrong ${i}`))));
        seen.push(cost);
      }
      return seen;
    };
    const [known, unknown, withoutOne] = [
      await answersTo(people[0]),
      await answersTo(people[1]),
      await answersTo(people[2]),
    ];
    expect(unknown).toEqual(known);
    expect(withoutOne).toEqual(known);
  });

  test('an unknown number takes as long as a known one', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const time = async (which: keyof typeof times, who: Claimant) => {
      const start = performance.now();
      await verifyPassword(deps, who, sealed('wrong'));
      times[which].push(performance.now() - start);
    };
    for (let i = 0; i < 3; i += 1) {
      const [somebody, nobody] = [await withPassword(), world.stranger()];
      for (let j = 0; j < 4; j += 1) {
        await time('known', somebody);
        await time('unknown', nobody);
      }
    }
    const [known, unknown] = [Math.min(...times.known), Math.min(...times.unknown)];
    // a hash left out or made twice would be far outside, whatever else the machine does
    expect(unknown).toBeGreaterThan(known * 0.4);
    expect(unknown).toBeLessThan(known * 2.5);
  });

  test('after a hundred wrong ones in a row only a new password opens', async () => {
    const [who, nobody] = [await withPassword(), world.stranger()];
    for (let i = 0; i < 100; i += 1) {
      if (i % 5 === 0) clock.passSeconds(7200);
      expect((await verifyPassword(deps, who, sealed('wrong'))).kind).toBe('rejected');
      expect((await verifyPassword(deps, nobody, sealed('wrong'))).kind).toBe('rejected');
    }
    clock.passSeconds(365 * 24 * 3600);
    expect((await verifyPassword(deps, who, sealed(PASSWORD))).kind).toBe('exhausted');
    expect((await verifyPassword(deps, nobody, sealed(PASSWORD))).kind).toBe('exhausted');
    await deps.cache.del(`attempts:password:${who.key}`); // an emptied Redis does not open it either
    expect((await verifyPassword(deps, who, sealed(PASSWORD))).kind).toBe('exhausted');
    await world.givePassword(who.subject, 'một mật ngữ mới tinh');
    expect((await verifyPassword(deps, who, sealed('một mật ngữ mới tinh'))).kind).toBe('verified');
  }, 60_000);
});

test('new parameters are taken on at the next sign-in, and only then', async () => {
  const who = await withPassword();
  const secret = deps.keyring.peppers.byVersion.get(1)?.reveal() ?? Buffer.alloc(0);
  const weak = await hash(PASSWORD.normalize('NFC'), {
    memoryCost: 8192,
    timeCost: 1,
    parallelism: 1,
    secret,
  });
  await deps.db.query('UPDATE password SET hash = $2 WHERE account_id = $1', [who.subject, weak]);
  const kept = async () => {
    const { rows } = await deps.db.query<{ hash: string }>('SELECT hash FROM password WHERE account_id = $1', [
      who.subject,
    ]);
    return rows[0]?.hash ?? '';
  };
  await verifyPassword(deps, who, sealed('wrong'));
  expect(await kept()).toBe(weak);
  expect((await verifyPassword(deps, who, sealed(PASSWORD))).kind).toBe('verified');
  expect(await kept()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await verifyPassword(deps, who, sealed(PASSWORD))).kind).toBe('verified');
});

test('a new pepper is taken on at the next sign-in', async () => {
  const who = await withPassword();
  const keyring = { ...deps.keyring, peppers: rotated(deps.keyring.peppers) };
  expect((await verifyPassword({ ...deps, keyring }, who, sealed(PASSWORD))).kind).toBe('verified');
  const { rows } = await deps.db.query('SELECT pepper_version FROM password WHERE account_id = $1', [who.subject]);
  expect(rows).toEqual([{ pepper_version: 2 }]);
  expect((await verifyPassword({ ...deps, keyring }, who, sealed(PASSWORD))).kind).toBe('verified');
});

test('more people than places: busy, at once, without a try counted', async () => {
  const who = await withPassword();
  const small = { ...deps, hashQueue: createHashQueue({ lanes: 1, places: 2 }) };
  const all = await Promise.all(Array.from({ length: 10 }, () => verifyPassword(small, who, sealed(PASSWORD))));
  expect(all.filter(({ kind }) => kind === 'verified')).toHaveLength(2);
  expect(all.filter(({ kind }) => kind === 'busy')).toHaveLength(8);
  expect(all.find(({ kind }) => kind === 'busy')).toMatchObject({ retryAfterSeconds: expect.any(Number) });
});

test('hashing leaves the event loop free', async () => {
  const who = await withPassword();
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  turn();
  await Promise.all(Array.from({ length: 5 }, () => verifyPassword(deps, who, sealed(PASSWORD))));
  isOver = true;
  expect(turns).toBeGreaterThan(500); // on the request's own thread there would be a few dozen
});

test('without Redis nothing is verified', async () => {
  const who = await withPassword();
  const gone = openCache('redis://127.0.0.1:1');
  expect(await verifyPassword({ ...deps, cache: gone }, who, sealed(PASSWORD))).toEqual({ kind: 'unavailable' });
  gone.disconnect();
});

test('a new password ends what was issued before', async () => {
  const who = await withPassword();
  const before = await findAccount(deps, who.subject);
  clock.passSeconds(10);
  await world.givePassword(who.subject, 'gió mùa đông bắc về');
  const after = await findAccount(deps, who.subject);
  expect(after?.credentialsChangedAt.getTime()).toBe((before?.credentialsChangedAt.getTime() ?? 0) + 10_000);
  expect((await verifyPassword(deps, who, sealed(PASSWORD))).kind).toBe('rejected');
  expect((await verifyPassword(deps, who, sealed('gió mùa đông bắc về'))).kind).toBe('verified');
});

test('a refused choice is not hashed', async () => {
  expect(await choosePassword(deps, sealed('matkhau123'), [])).toEqual({ kind: 'refused', reason: 'breached' });
});

test('without PostgreSQL nothing is verified', async () => {
  const gone = openDatabase('postgres://nobody@127.0.0.1:1/none');
  expect(await verifyPassword({ ...deps, db: gone }, world.stranger(), sealed(PASSWORD))).toEqual({
    kind: 'unavailable',
  });
  await gone.end();
});
