import { beforeEach, expect, test } from '@jest/globals';
import { activateAccount } from '../../../src/accounts/activate-account.ts';
import { guardianshipOf } from '../../../src/accounts/guardianship.policy.ts';
import { listEvidence } from '../../../src/accounts/list-evidence.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { lookUpCitizen } from '../../../src/officers/cases/look-up-citizen.ts';
import { renewLapsed } from '../../../src/officers/cases/renew-lapsed.ts';
import { submitCase } from '../../../src/officers/cases/submit-case.ts';
import { requestAccount } from '../../../src/accounts/dependants/request-account.ts';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import { parsePhoneNumber } from '../../../src/registry/phone-number.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { installLeakNet } from '../../support/leak-net.ts';
import { LAN } from '../../self-service/people.ts';
import { caseWorld } from './case-world.ts';

const world = await caseWorld();
const { deps, staff } = world;
const [FATHER, MOTHER, CHILD, SIBLING] = ['079085000002', LAN.national_id, '079315000016', '048316000006'];
const PHONE = '+84597000002';
installLeakNet({
  db: world.db,
  cache: world.cache,
  secrets: [
    { kind: 'national_id', value: CHILD },
    { kind: 'national_id', value: FATHER },
    { kind: 'name', value: 'Trần Tú Uyên' },
    { kind: 'phone', value: PHONE },
  ],
});

let father: SubjectId;
beforeEach(async () => {
  await world.db.query('ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only');
  await world.db.query('TRUNCATE account, enrolment_case, audit_event CASCADE');
  await world.db.query('ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only');
  await world.cache.flushdb();
  await world.messages();
  world.registry.happen({ kind: 'guardian_changed', national_id: CHILD, guardian: FATHER });
  world.registry.happen({ kind: 'guardian_changed', national_id: SIBLING, guardian: FATHER });
  father = await guardianOf(FATHER);
});

async function guardianOf(number: string): Promise<SubjectId> {
  const subject = await world.giveAccount(number);
  await world.db.query("UPDATE account SET level = '02' WHERE account_id = $1", [subject]);
  return subject;
}
const number = (text: string) => parseNationalId(text)!;
const submit = (child: string, guardian: string | undefined) =>
  submitCase(deps, staff.counter, {
    nationalId: number(child),
    card: undefined,
    phone: guardian === undefined ? parsePhoneNumber('0912000333') : undefined,
    ...(guardian !== undefined && { guardian: number(guardian) }),
    email: undefined,
    checks: new Sealed({ faceMatch: 'FM-1', fingerprintMatch: 'FP-1', formNumber: 'TK01-1' }),
  });
const submitted = async (child: string, guardian: string) => {
  const outcome = await submit(child, guardian);
  if (outcome.kind !== 'submitted') throw new Error(JSON.stringify(outcome));
  return outcome.caseId;
};
const account = () => world.accountOf(CHILD);
const activate = async (by: SubjectId) => {
  const { subject } = (await account())!;
  return inTransaction(world.db, (sql) =>
    activateAccount(deps, sql, subject, ['phone_proven', 'second_factor_bound'], by),
  );
};

test('a child with the guardian: decided by another officer, told and activated by the phone of the guardian', async () => {
  const found = await lookUpCitizen(deps, staff.counter, CHILD);
  expect(found).toMatchObject({ decision: { kind: 'eligible', withGuardian: true } });
  const caseId = await submitted(CHILD, FATHER);
  expect(await world.grant(caseId, staff.counter)).toMatchObject({ kind: 'touched' });
  expect(await world.grant(caseId)).toEqual({ kind: 'granted' });
  const child = (await account())!;
  expect(child).toMatchObject({ state: 'granted', level: '02' });
  expect(child.personal.reveal().phone).toBeUndefined();
  await world.tell(CHILD);
  expect((await world.messages())[0]).toMatchObject({ to: PHONE, text: expect.stringContaining('Uyên') });
  const [evidence] = await listEvidence(deps, child.subject);
  expect(evidence?.checks.reveal().guardian).toBe(father);
  expect((await activate(child.subject)).kind).toBe('not_allowed');
  expect((await activate(father)).kind).toBe('activated');
  const active = (await account())!;
  expect(active).toMatchObject({ state: 'active', level: '02' });
  expect(guardianshipOf(active, world.clock.now())).toMatchObject({ kind: 'in_charge', guardian: father });
});

test('two children of one guardian on one day', async () => {
  const cases = [await submitted(CHILD, FATHER), await submitted(SIBLING, FATHER)];
  for (const caseId of cases) expect((await world.grant(caseId)).kind).toBe('granted');
  expect(await submit(CHILD, FATHER)).toEqual({ kind: 'refused', reasons: ['awaits_activation'] });
});

test('level 01 from the guardian is raised, with the same guardian', async () => {
  const asked = await requestAccount(deps, father, number(CHILD));
  expect(asked.kind).toBe('granted');
  const child = (await account())!;
  await inTransaction(world.db, (sql) => activateAccount(deps, sql, child.subject, ['phone_proven'], father));
  expect((await world.grant(await submitted(CHILD, FATHER))).kind).toBe('granted');
  expect((await activate(father)).kind).toBe('activated');
  expect(await account()).toMatchObject({ state: 'active', level: '02' });
  const { rows } = await world.db.query('SELECT 1 FROM account_guardian');
  expect(rows).toHaveLength(1);
});

test('refused: alone, with somebody else, with a guardian who cannot confirm, and an adult with company', async () => {
  const reasons = async (child: string, guardian: string | undefined) => {
    const outcome = await submit(child, guardian);
    return outcome.kind === 'refused' ? outcome.reasons : outcome.kind;
  };
  expect(await reasons(CHILD, undefined)).toEqual(['under_age']);
  const mother = await guardianOf(MOTHER);
  expect(await reasons(CHILD, MOTHER)).toEqual(['guardian_not_on_record']);
  expect(await reasons(MOTHER, FATHER)).toEqual(['guardian_not_needed', 'already_level_02']);
  await lockAccount(deps, father, { ground: 'self_request', actor: 'holder' });
  expect(await reasons(CHILD, FATHER)).toEqual(['guardian_cannot_confirm']);
  expect(mother).not.toBe(father);
});

test('another guardian on record between counter and decision: not granted', async () => {
  const caseId = await submitted(CHILD, FATHER);
  world.registry.happen({ kind: 'guardian_changed', national_id: CHILD, guardian: MOTHER });
  expect(await world.grant(caseId)).toEqual({ kind: 'not_eligible', reasons: ['guardian_not_on_record'] });
  expect(await account()).toBeUndefined();
});

test('turned 14: the account becomes its holder’s own, and gets an own phone at the counter', async () => {
  await requestAccount(deps, father, number(CHILD));
  const child = (await account())!;
  await inTransaction(world.db, (sql) => activateAccount(deps, sql, child.subject, ['phone_proven'], father));
  world.registry.happen({ kind: 'birth_date_corrected', national_id: CHILD, birth_date: '2012-11-01' });
  const personal = JSON.stringify({ ...child.personal.reveal(), birthDate: '2012-11-01' });
  const { sealPersonal } = await import('../../../src/accounts/account-facts.ts');
  await world.db.query('UPDATE account SET personal = $2 WHERE account_id = $1', [
    child.subject,
    sealPersonal(world.keyring, child.subject, JSON.parse(personal) as Parameters<typeof sealPersonal>[2]),
  ]);
  expect(guardianshipOf((await account())!, world.clock.now())).toBeUndefined();
  const caseId = await world.submitted(CHILD, '0912000444');
  expect((await world.grant(caseId)).kind).toBe('granted');
  expect((await account())!.personal.reveal().phone).toBe('+84912000444');
  expect((await activate(child.subject)).kind).toBe('activated');
  expect(await account()).toMatchObject({ state: 'active', level: '02' });
  world.registry.happen({ kind: 'birth_date_corrected', national_id: CHILD, birth_date: '2015-08-28' });
});

test('a lapsed request of a guardian is renewed by the number of the child', async () => {
  await requestAccount(deps, father, number(CHILD));
  const renew = () => renewLapsed(deps, staff.counter, number(CHILD), 'forgot');
  expect((await renew()).kind).toBe('still_good');
  world.clock.passSeconds(8 * 24 * 60 * 60);
  expect((await renew()).kind).toBe('renewed');
  await world.tell(CHILD);
  expect((await world.messages()).map(({ to }) => to)).toEqual([PHONE]);
  expect((await renewLapsed(deps, staff.counter, number(SIBLING), 'forgot')).kind).toBe('not_invited');
});
