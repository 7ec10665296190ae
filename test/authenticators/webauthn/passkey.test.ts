import { describe, expect, test } from '@jest/globals';
import type { Claimant } from '../../../src/authenticators/claimant.ts';
import type { FactorChange } from '../../../src/authenticators/factor-change.policy.ts';
import { listAuthenticators } from '../../../src/authenticators/list-authenticators.ts';
import { verifyPassword } from '../../../src/authenticators/password/verify-password.ts';
import { beginPasskeyAssertion } from '../../../src/authenticators/webauthn/begin-passkey-assertion.ts';
import { beginPasskeyEnrolment } from '../../../src/authenticators/webauthn/begin-passkey-enrolment.ts';
import { bindPasskey } from '../../../src/authenticators/webauthn/bind-passkey.ts';
import { finishPasskeyEnrolment } from '../../../src/authenticators/webauthn/finish-passkey-enrolment.ts';
import { relyingPartyOf } from '../../../src/authenticators/webauthn/relying-party.ts';
import { verifyPasskeyAssertion } from '../../../src/authenticators/webauthn/verify-passkey-assertion.ts';
import { epochSeconds } from '../../../src/kernel/clock.ts';
import { randomId } from '../../../src/kernel/random.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { openCache } from '../../../src/storage/redis.ts';
import { softDevice, type SoftDevice } from '../soft-device.ts';
import { authenticatorWorld, sealed } from '../world.ts';

const world = await authenticatorWorld();
const { clock, db, cache } = world;
const deps = { ...world.deps, relyingParty: relyingPartyOf('http://localhost:3000', 'Định danh') };

const change = (who: Required<Claimant>, transaction: string = randomId()): FactorChange => {
  const atSeconds = epochSeconds(clock.now());
  const all = ['password', 'sms_code', 'totp', 'passkey'] as const;
  return { transaction, subject: who.subject, shown: all.map((by) => ({ by, atSeconds })) };
};
async function begun(wanted: FactorChange) {
  const answer = await beginPasskeyEnrolment(deps, wanted, 'Trần Thị Bưởi');
  if (answer.kind !== 'begun') throw new Error(answer.kind);
  return answer.options;
}
async function withPasskey(device: SoftDevice = softDevice()) {
  const who = await world.person();
  const wanted = change(who);
  const answer = await finishPasskeyEnrolment(deps, wanted, device.create(await begun(wanted)), 'Máy của tôi');
  if (answer.kind !== 'enrolled') throw new Error(answer.kind);
  return { who, device, credentialId: answer.credentialId };
}
const ask = async (transaction: string = randomId(), who?: Required<Claimant>) => ({
  transaction,
  options: await beginPasskeyAssertion(deps, transaction, who?.subject),
});

describe('enrolment', () => {
  test.each(['ES256', 'RS256', 'EdDSA'])(
    'binds a passkey with an %s key, listed without a secret',
    async (algorithm) => {
      const { who, credentialId } = await withPasskey(softDevice({ algorithm }));
      expect(await listAuthenticators(deps, who.subject)).toEqual({
        password: false,
        passkeys: [{ credentialId, name: 'Máy của tôi', createdAt: clock.now(), synced: expect.any(Boolean) }],
      });
      expect(await world.events(who.subject)).toEqual(['passkey.enrolled']);
    },
  );

  test('asks for a discoverable passkey that verifies the person, under a handle that is no id of ours', async () => {
    const { who, credentialId } = await withPasskey();
    const options = await begun(change(who));
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: credentialId }],
    });
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
    expect((await begun(change(who))).user.id).toBe(options.user.id);
  });

  test('not with an answer for another transaction, another subject, a sign-in, or twice', async () => {
    const [a, b] = [await world.person(), await world.person()];
    const wanted = change(a);
    const finish = (as: FactorChange, response: unknown) => finishPasskeyEnrolment(deps, as, response, 'x');
    expect((await finish(change(a), softDevice().create(await begun(wanted)))).kind).toBe('expired');
    expect((await finish(change(b, wanted.transaction), softDevice().create(await begun(wanted)))).kind).toBe(
      'expired',
    );
    const assertion = await beginPasskeyAssertion(deps, wanted.transaction, a.subject);
    const crossed = softDevice().create({ ...(await begun(wanted)), challenge: assertion.challenge });
    expect((await finish(wanted, crossed)).kind).toBe('expired');
    const response = softDevice().create(await begun(wanted));
    const all = await Promise.all(Array.from({ length: 20 }, () => finish(wanted, response)));
    expect(all.filter(({ kind }) => kind === 'enrolled')).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'expired')).toHaveLength(19);
  });

  test('not from another origin, not without verifying the person, not malformed', async () => {
    const wanted = change(await world.person());
    const options = await begun(wanted);
    const lax = softDevice({ verifies: false }).create(options);
    expect((await finishPasskeyEnrolment(deps, wanted, lax, 'x')).kind).toBe('rejected');
    const good = softDevice().create(await begun(wanted)) as { response: { clientDataJSON: string } };
    const data = JSON.parse(Buffer.from(good.response.clientDataJSON, 'base64url').toString()) as object;
    good.response.clientDataJSON = Buffer.from(JSON.stringify({ ...data, origin: 'https://evil.example' })).toString(
      'base64url',
    );
    expect((await finishPasskeyEnrolment(deps, wanted, good, 'x')).kind).toBe('rejected');
    for (const junk of [undefined, null, 1, 'x', [], {}, { id: 1 }, { response: { clientDataJSON: '!!' } }]) {
      expect((await finishPasskeyEnrolment(deps, wanted, junk, 'x')).kind).toBe('rejected');
    }
  });

  test('not after a lower sign-in', async () => {
    const { who } = await withPasskey();
    const low = { ...change(who), shown: change(who).shown.filter(({ by }) => by !== 'passkey') };
    expect(await beginPasskeyEnrolment(deps, low, 'x')).toEqual({ kind: 'step_up' });
    const wanted = change(who);
    const response = softDevice().create({ ...(await begun(wanted)), excludeCredentials: [] });
    expect(await finishPasskeyEnrolment(deps, { ...wanted, shown: low.shown }, response, 'x')).toEqual({
      kind: 'step_up',
    });
  });

  test('twenty at most', async () => {
    const who = await world.person();
    const key = new Uint8Array(77);
    for (let i = 0; i < 20; i += 1) {
      const credentialId = Buffer.from(`credential ${i}`).toString('base64url');
      const passkey = { credentialId, publicKey: key, userHandle: Buffer.alloc(32, 7), name: 'x', synced: false };
      const handle = await inTransaction(db, (sql) => bindPasskey(deps, sql, who.subject, passkey));
      if (i === 0)
        await db.query('UPDATE passkey_handle SET handle = $2 WHERE account_id = $1', [
          who.subject,
          Buffer.from(who.subject),
        ]);
      else expect(handle.toString()).toBe(who.subject);
    }
    expect(await beginPasskeyEnrolment(deps, change(who), 'x')).toEqual({ kind: 'too_many' });
  });
});

describe('sign-in', () => {
  test('says whose passkey it is, without a name typed', async () => {
    const { who, device, credentialId } = await withPasskey();
    const { transaction, options } = await ask();
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(options.allowCredentials ?? []).toEqual([]);
    const answer = await verifyPasskeyAssertion(deps, transaction, device.get(options));
    expect(answer).toEqual({
      kind: 'verified',
      subject: who.subject,
      proof: { by: 'passkey', atSeconds: epochSeconds(clock.now()), synced: expect.any(Boolean) },
    });
    expect(await world.events(who.subject)).toEqual(['passkey.accepted', 'passkey.enrolled']);
    const { passkeys } = await listAuthenticators(deps, who.subject);
    expect(passkeys).toMatchObject([{ credentialId, lastUsedAt: clock.now() }]);
  });

  test('costs two statements and one Redis command', async () => {
    const { device } = await withPasskey();
    const { transaction, options } = await ask();
    const response = device.get(options);
    expect(await world.cost(() => verifyPasskeyAssertion(deps, transaction, response))).toEqual({ sql: 2, redis: 1 });
  });

  test('once, of fifty times at once', async () => {
    const { who, device } = await withPasskey();
    const { transaction, options } = await ask();
    const response = device.get(options);
    const all = await Promise.all(
      Array.from({ length: 50 }, () => verifyPasskeyAssertion(deps, transaction, response)),
    );
    expect(all.filter(({ kind }) => kind === 'verified')).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'expired')).toHaveLength(49);
    expect((await world.events(who.subject)).filter((kind) => kind === 'passkey.accepted')).toHaveLength(1);
  });

  test('not in another transaction, nor with the challenge of an enrolment', async () => {
    const { who, device } = await withPasskey();
    const { options } = await ask();
    expect((await verifyPasskeyAssertion(deps, randomId(), device.get(options))).kind).toBe('expired');
    const wanted = change(who);
    const { challenge } = await begun(wanted);
    const response = device.get({ ...options, challenge });
    expect((await verifyPasskeyAssertion(deps, wanted.transaction, response)).kind).toBe('expired');
  });

  test('not with the passkey of another account than the one known in this transaction', async () => {
    const [a, b] = [await withPasskey(), await withPasskey()];
    const forA = await ask(randomId(), a.who);
    expect((await verifyPasskeyAssertion(deps, forA.transaction, b.device.get(forA.options))).kind).toBe('rejected');
    expect(await world.events(a.who.subject)).toEqual(['passkey.enrolled', 'passkey.rejected']);
    const again = await ask(randomId(), a.who);
    expect((await verifyPasskeyAssertion(deps, again.transaction, a.device.get(again.options))).kind).toBe('verified');
  });

  test("not with one's own key under another's handle or credential", async () => {
    const [a, b] = [await withPasskey(), await withPasskey()];
    const { transaction, options } = await ask();
    const mine = b.device.get(options);
    const victim = a.device.get((await ask()).options);
    const stolen = {
      ...mine,
      id: a.credentialId,
      rawId: a.credentialId,
      response: { ...mine.response, userHandle: victim.response['userHandle'] },
    };
    expect((await verifyPasskeyAssertion(deps, transaction, stolen)).kind).toBe('rejected');
    const next = await ask();
    const mixed = b.device.get(next.options);
    const handleOnly = { ...mixed, response: { ...mixed.response, userHandle: victim.response['userHandle'] } };
    expect((await verifyPasskeyAssertion(deps, next.transaction, handleOnly)).kind).toBe('rejected');
  });

  test.each(['signature', 'authenticatorData', 'clientDataJSON', 'userHandle'])(
    'not with %s altered or missing',
    async (part) => {
      const { device } = await withPasskey();
      for (const value of ['', 'AAAA', undefined]) {
        const { transaction, options } = await ask();
        const response = device.get(options);
        const altered = { ...response, response: { ...response.response, [part]: value } };
        const { kind } = await verifyPasskeyAssertion(deps, transaction, altered);
        expect(kind).toBe('rejected');
      }
    },
  );

  test('not when the device did not verify the person', async () => {
    const { who, device } = await withPasskey();
    device.stopVerifying();
    const { transaction, options } = await ask();
    expect((await verifyPasskeyAssertion(deps, transaction, device.get(options))).kind).toBe('rejected');
    const { rows } = await db.query(
      "SELECT data->>'why' AS why FROM audit_event WHERE account_id = $1 AND kind = 'passkey.rejected'",
      [who.subject],
    );
    expect(rows).toEqual([{ why: 'invalid' }]);
  });

  test('not from another origin or for another relying party', async () => {
    const { device } = await withPasskey();
    for (const issuer of ['http://localhost:3001', 'https://localhost:3000', 'http://login.localhost:3000']) {
      const { transaction, options } = await ask();
      const elsewhere = { ...deps, relyingParty: relyingPartyOf(issuer, 'x') };
      const answer = await verifyPasskeyAssertion(elsewhere, transaction, device.get(options));
      expect(answer.kind).toBe('rejected');
    }
  });

  test('not when the counter went back: that is recorded, and only after the signature was found right', async () => {
    const { who, device } = await withPasskey();
    await db.query('UPDATE passkey SET counter = 1000 WHERE account_id = $1', [who.subject]);
    const forged = await ask();
    const bad = device.get(forged.options);
    await verifyPasskeyAssertion(deps, forged.transaction, {
      ...bad,
      response: { ...bad.response, signature: 'AAAA' },
    });
    const { transaction, options } = await ask();
    expect((await verifyPasskeyAssertion(deps, transaction, device.get(options))).kind).toBe('rejected');
    const { rows } = await db.query(
      "SELECT data->>'why' AS why FROM audit_event WHERE account_id = $1 AND kind = 'passkey.rejected' ORDER BY 1",
      [who.subject],
    );
    expect(rows).toEqual([{ why: 'counter_went_back' }, { why: 'invalid' }]);
  });

  test('while the password is locked', async () => {
    const { who, device } = await withPasskey();
    await world.givePassword(who.subject);
    for (let i = 0; i < 6; i += 1) await verifyPassword(deps, who, sealed('wrong'));
    expect((await verifyPassword(deps, who, sealed('wrong'))).kind).toBe('locked');
    const { transaction, options } = await ask();
    expect((await verifyPasskeyAssertion(deps, transaction, device.get(options))).kind).toBe('verified');
  });

  test('of a passkey nobody has is rejected and recorded', async () => {
    const { who, device } = await withPasskey();
    await db.query('DELETE FROM passkey WHERE account_id = $1', [who.subject]);
    const { transaction, options } = await ask();
    expect((await verifyPasskeyAssertion(deps, transaction, device.get(options))).kind).toBe('rejected');
    expect(await world.events()).toContain('passkey.rejected');
  });

  test('malformed answers are rejected, and no challenge of ours is spent', async () => {
    for (const junk of [
      undefined,
      null,
      0,
      'x',
      [],
      {},
      { id: 'x'.repeat(20_000) },
      { type: 'public-key', response: null },
    ]) {
      expect((await verifyPasskeyAssertion(deps, 't', junk)).kind).toBe('rejected');
    }
  });

  test('a challenge lives five minutes, in Redis by its hash', async () => {
    await cache.flushdb();
    const { options } = await ask();
    const keys = await cache.keys('*');
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toContain(options.challenge);
    expect(await cache.ttl(keys[0] ?? '')).toBeGreaterThan(290);
  });

  test('without Redis nothing is verified', async () => {
    const { device } = await withPasskey();
    const { transaction, options } = await ask();
    const gone = openCache('redis://127.0.0.1:1');
    expect(await verifyPasskeyAssertion({ ...deps, cache: gone }, transaction, device.get(options))).toEqual({
      kind: 'unavailable',
    });
    gone.disconnect();
  });
});
