import { expect, test } from '@jest/globals';
import { ACCOUNT_TASKS } from '../../src/accounts/account-jobs.ts';
import { endLock } from '../../src/accounts/end-lock.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import type { LockGround } from '../../src/accounts/lock-ground.policy.ts';
import { tellOfLock, tellOfRefusal, tellOfUnlock } from '../../src/accounts/tell-holder.ts';
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
  for (const { text } of [stays!, opens!]) expect(text).toContain('Không ai được hỏi mã của bạn.');
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
