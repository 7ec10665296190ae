import { expect, test } from '@jest/globals';
import { ACCOUNT_TASKS } from '../../src/accounts/account-jobs.ts';
import { endLock } from '../../src/accounts/end-lock.ts';
import { findAccount } from '../../src/accounts/find-account.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import type { LockGround } from '../../src/accounts/lock-ground.policy.ts';
import { tellOfFactor, tellOfLock, tellOfRefusal, tellOfUnlock } from '../../src/accounts/tell-holder.ts';
import { rememberLanguage } from '../../src/accounts/remember-language.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { selfServiceWorld } from '../self-service/world.ts';

const world = await selfServiceWorld();
const { db, deps, gateway, messages } = world;

let next = 1;
const someone = (): Promise<SubjectId> => {
  const tail = String(next++).padStart(4, '0');
  const person = { fullName: 'Lê Văn Cam', birthDate: '1990-01-02', gender: 'male', nationality: 'VNM' } as const;
  return world.openFor({ ...person, nationalId: `07919000${tail}`, phone: `+8491200${tail}` }, '02');
};
const lock = (subject: SubjectId, ground: LockGround) => lockAccount(deps, subject, { ground, actor: 'test' });
const queued = async (subject: SubjectId): Promise<string[]> => {
  const { rows } = await db.query<{ key: string }>(
    'SELECT key FROM graphile_worker.jobs WHERE key LIKE $1 ORDER BY key',
    [`%${subject}%`],
  );
  return rows.map(({ key }) => key.replace(subject, '*'));
};

test('a lock queues the end of the sessions and the notice in its own transaction, and its end a notice', async () => {
  const subject = await someone();
  await lock(subject, 'self_request');
  expect(await queued(subject)).toEqual([
    `${ACCOUNT_TASKS.endSessions}:*`,
    `${ACCOUNT_TASKS.tellOfLock}:*:self_request`,
  ]);
  await endLock(deps, subject, { ground: 'self_request', way: 'holder', actor: 'holder' });
  expect(await queued(subject)).toContain(`${ACCOUNT_TASKS.tellOfUnlock}:*:self_request`);
});

test('of a death nobody is told, nor of what comes to light after it, nor of what waited when it came', async () => {
  const subject = await someone();
  await lock(subject, 'death');
  await lock(subject, 'card_withdrawn_or_held');
  await endLock(deps, subject, { ground: 'card_withdrawn_or_held', way: 'registry', actor: 'registry' });
  expect(await queued(subject)).toEqual([`${ACCOUNT_TASKS.endSessions}:*`]);
  await lock(subject, 'card_expired');
  await tellOfLock(deps, subject, 'card_expired');
  await tellOfUnlock(deps, subject, 'card_withdrawn_or_held');
  await tellOfRefusal(deps, subject);
  expect(await messages()).toEqual([]);
});

test('an account that opened can be locked again by the link in the notice; one with another ground gets none', async () => {
  const subject = await someone();
  await lock(subject, 'self_request');
  await lock(subject, 'card_expired');
  await endLock(deps, subject, { ground: 'self_request', way: 'holder', actor: 'holder' });
  await tellOfUnlock(deps, subject, 'self_request');
  await endLock(deps, subject, { ground: 'card_expired', way: 'registry', actor: 'registry' });
  await tellOfUnlock(deps, subject, 'card_expired');
  const [stays, opens] = await messages();
  expect(stays?.text).toContain('vẫn bị khóa');
  expect(stays?.text).not.toContain('/lock/');
  expect(opens?.text).toMatch(/đã mở khóa\..*http:\/\/localhost:3000\/lock\/[\w-]{22}$/);
  for (const { text } of [stays!, opens!]) expect(text).toContain('Không ai được hỏi mã của quý vị.');
});

test('a notice overtaken by what happened since is not sent', async () => {
  const subject = await someone();
  await lock(subject, 'self_request');
  await endLock(deps, subject, { ground: 'self_request', way: 'counter', actor: 'test' });
  await tellOfLock(deps, subject, 'self_request');
  world.clock.passSeconds(1);
  await lock(subject, 'self_request');
  await tellOfUnlock(deps, subject, 'self_request');
  expect(await messages()).toEqual([]);
});

test('a gateway that took nothing makes the job be tried again', async () => {
  const subject = await someone();
  await lock(subject, 'self_request');
  gateway.outcome = { kind: 'failed', reason: 'timeout' };
  await expect(tellOfLock(deps, subject, 'self_request')).rejects.toThrow('timeout');
  gateway.outcome = { kind: 'accepted' };
});

test('every notice to an open account can lock it, in the language of its holder’s last sign-in', async () => {
  const subject = await someone();
  await tellOfFactor(deps, subject, 'passkey_added');
  await rememberLanguage(deps, (await findAccount(deps, subject))!, 'en');
  await tellOfRefusal(deps, subject);
  await tellOfFactor(deps, subject, 'password_changed');
  await lock(subject, 'self_request');
  await tellOfFactor(deps, subject, 'totp_removed');
  const [added, refused, changed, locked] = (await messages()).map(({ text }) => text);
  const link = /http:\/\/localhost:3000\/lock\/[\w-]{22}$/;
  expect(added).toMatch(/^Tài khoản định danh có thêm khóa truy cập\. Không phải quý vị\? Khóa ngay:/);
  expect(refused).toMatch(/^An authority's request .* Not you\? Lock it now:/);
  expect(changed).toMatch(/^The password of your e-ID account was changed\./);
  for (const text of [added, refused, changed]) expect(text).toMatch(link);
  expect(locked).toBe('The authenticator app of your e-ID account was removed.');
  expect([added, refused, changed].join()).not.toMatch(/\b\d{6}\b/);
});

test('one of two authorities’ locks ended: the holder hears that the other is left', async () => {
  const subject = await someone();
  const ground = 'authority_request';
  await lockAccount(deps, subject, { ground, entry: 'a', actor: 'test' });
  await lockAccount(deps, subject, { ground, entry: 'b', actor: 'test' });
  await endLock(deps, subject, { ground, entry: 'a', way: 'authority', actor: 'test' });
  await tellOfUnlock(deps, subject, ground);
  const [message] = await messages();
  expect(message?.text).toContain('vẫn bị khóa theo yêu cầu khác');
  expect(message?.text).not.toContain('/lock/');
});
