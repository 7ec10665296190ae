import { expect, test } from '@jest/globals';
import { findAccount } from '../../src/accounts/find-account.ts';
import type { Claimant } from '../../src/authenticators/claimant.ts';
import type { FactorChange } from '../../src/authenticators/factor-change.policy.ts';
import { listAuthenticators } from '../../src/authenticators/list-authenticators.ts';
import { bindTotp } from '../../src/authenticators/otp/bind-totp.ts';
import { removeAuthenticator } from '../../src/authenticators/remove-authenticator.ts';
import { bindPasskey } from '../../src/authenticators/webauthn/bind-passkey.ts';
import { epochSeconds } from '../../src/kernel/clock.ts';
import { randomBuffer } from '../../src/kernel/random.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import { authenticatorWorld, sealed } from './world.ts';

const world = await authenticatorWorld();
const { deps, clock, db } = world;

const change = (who: Required<Claimant>): FactorChange => {
  const atSeconds = epochSeconds(clock.now());
  const all = ['password', 'sms_code', 'totp', 'passkey'] as const;
  return { transaction: 't', subject: who.subject, shown: all.map((by) => ({ by, atSeconds })) };
};
async function holder(level: '01' | '02', passkeys: number) {
  const who = await world.person(level);
  await world.givePassword(who.subject);
  const ids = Array.from({ length: passkeys }, () => randomBuffer(16).toString('base64url'));
  await inTransaction(db, async (sql) => {
    await bindTotp(deps, sql, who.subject, sealed('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'));
    for (const credentialId of ids) {
      const passkey = {
        credentialId,
        publicKey: new Uint8Array(77),
        userHandle: randomBuffer(32),
        name: 'x',
        synced: true,
      };
      await bindPasskey(deps, sql, who.subject, passkey);
    }
  });
  return { who, ids };
}

test('a factor goes when another is left, with its event, and what was issued before dies', async () => {
  const { who, ids } = await holder('02', 1);
  clock.passSeconds(5);
  expect(await removeAuthenticator(deps, change(who), { kind: 'totp' })).toEqual({ kind: 'removed' });
  expect(await removeAuthenticator(deps, change(who), { kind: 'totp' })).toEqual({ kind: 'not_found' });
  expect(await removeAuthenticator(deps, change(who), { kind: 'passkey', credentialId: ids[0] ?? '' })).toEqual({
    kind: 'needed',
  });
  expect(await listAuthenticators(deps, who.subject)).toMatchObject({
    password: true,
    passkeys: [{ credentialId: ids[0] }],
  });
  expect(await world.events(who.subject)).toContain('totp.removed');
  expect((await findAccount(deps, who.subject))?.credentialsChangedAt).toEqual(clock.now());
});

test('both at once: one goes', async () => {
  const { who, ids } = await holder('02', 1);
  const both = await Promise.all([
    removeAuthenticator(deps, change(who), { kind: 'totp' }),
    removeAuthenticator(deps, change(who), { kind: 'passkey', credentialId: ids[0] ?? '' }),
  ]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['needed', 'removed']);
});

test('a level 01 account may go on with password and phone', async () => {
  const { who } = await holder('01', 0);
  expect(await removeAuthenticator(deps, change(who), { kind: 'totp' })).toEqual({ kind: 'removed' });
});

test("another's passkey is not found", async () => {
  const [a, b] = [await holder('02', 1), await holder('02', 1)];
  expect(await removeAuthenticator(deps, change(a.who), { kind: 'passkey', credentialId: b.ids[0] ?? '' })).toEqual({
    kind: 'not_found',
  });
  expect((await listAuthenticators(deps, b.who.subject)).passkeys).toHaveLength(1);
});

test('not after a lower or an old sign-in', async () => {
  const { who } = await holder('02', 1);
  const low = { ...change(who), shown: change(who).shown.filter(({ by }) => by !== 'passkey') };
  expect(await removeAuthenticator(deps, low, { kind: 'totp' })).toEqual({ kind: 'step_up' });
  const old = change(who);
  clock.passSeconds(1201);
  expect(await removeAuthenticator(deps, old, { kind: 'totp' })).toEqual({ kind: 'step_up' });
});
