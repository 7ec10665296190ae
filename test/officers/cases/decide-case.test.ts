import { beforeEach, describe, expect, test } from '@jest/globals';
import { activateAccount } from '../../../src/accounts/activate-account.ts';
import { listEvidence } from '../../../src/accounts/list-evidence.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import { renewInvitation } from '../../../src/accounts/renew-invitation.ts';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { decideCase } from '../../../src/officers/cases/decide-case.ts';
import { selectSubjectsByDocument } from '../../../src/officers/people/document-search.store.ts';
import { installLeakNet } from '../../support/leak-net.ts';
import { HARUKA, MINSU, QUAN, THUY, LAN, WITHDRAWN, DEAD } from '../../self-service/people.ts';
import { caseWorld } from './case-world.ts';

const world = await caseWorld();
const { staff, deps } = world;
const PHONE = '0597000012';
const NUMBER = QUAN.national_id;
installLeakNet({
  db: world.db,
  cache: world.cache,
  secrets: [
    { kind: 'national_id', value: NUMBER },
    { kind: 'name', value: 'Đỗ Minh Quân' },
    { kind: 'phone', value: '+84597000012' },
  ],
});
const DAY = 24 * 60 * 60;

beforeEach(async () => {
  await world.db.query('ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only');
  await world.db.query('TRUNCATE account, enrolment_case, audit_event CASCADE');
  await world.db.query('ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only');
  await world.cache.flushdb();
  world.gateway.outcome = { kind: 'accepted' };
  await world.messages();
});
const account = () => world.accountOf(NUMBER);
const activate = async (shown: Parameters<typeof activateAccount>[3] = ['phone_proven', 'second_factor_bound']) => {
  const found = await account();
  return inTransaction(world.db, (sql) => activateAccount(deps, sql, found!.subject, shown));
};

describe('the counter', () => {
  test('opens a case with a due time of three working days', async () => {
    const outcome = await world.submit(NUMBER, PHONE);
    // 2026-11-02 is a Monday: the end of Thursday, Hà Nội
    expect(outcome).toMatchObject({ kind: 'submitted', dueAt: new Date('2026-11-05T16:59:59Z') });
    expect(await world.kinds()).toEqual(['case.submitted']);
    expect(await account()).toBeUndefined();
  });

  test.each([
    ['a dead person', DEAD.national_id, '0912000111', ['dead']],
    ['a withdrawn card', WITHDRAWN.national_id, '0912000112', ['card_withdrawn']],
  ])('refuses %s', async (_, number, phone, reasons) => {
    expect(await world.submit(number, phone)).toEqual({ kind: 'refused', reasons });
  });

  test.each([
    ['three working days for a foreigner whose face and prints are on record', MINSU, '2026-11-05T16:59:59Z'],
    ['seven for one whose are not', HARUKA, '2026-11-11T16:59:59Z'],
  ])('gives %s', async (_, form, due) => {
    expect(await world.submit(form.national_id, form.phone)).toMatchObject({ dueAt: new Date(due) });
  });

  test('opens a case without a valid card only together with the card, in seven working days, and grants it with the card', async () => {
    world.registry.happen({ kind: 'card_expired', national_id: THUY.national_id });
    expect(await world.submit(THUY.national_id, THUY.phone)).toEqual({ kind: 'refused', reasons: ['card_expired'] });
    const asked = await world.submit(THUY.national_id, THUY.phone, staff.counter, { cardApplication: 'DC-2026-77' });
    if (asked.kind !== 'submitted') throw new Error(JSON.stringify(asked));
    expect(asked.dueAt).toEqual(new Date('2026-11-11T16:59:59Z'));
    expect(await world.grant(asked.caseId)).toEqual({ kind: 'not_eligible', reasons: ['card_expired'] });
    world.registry.happen({ kind: 'card_issued', national_id: THUY.national_id, expires_on: '2040-01-01' });
    expect(await world.grant(asked.caseId)).toEqual({ kind: 'granted' });
    const evidence = await listEvidence(deps, (await world.accountOf(THUY.national_id))!.subject);
    expect(evidence[0]?.checks.reveal()).toMatchObject({ cardSeen: false, cardApplication: 'DC-2026-77' });
    const unseen = await world.submit(NUMBER, PHONE, staff.counter, { cardApplication: 'DC-2026-78' });
    expect(unseen).toEqual({ kind: 'refused', reasons: ['card_not_seen'] });
  });

  test('refuses a phone that serves another account', async () => {
    await world.giveAccount(LAN.national_id);
    expect(await world.submit(NUMBER, LAN.phone)).toEqual({ kind: 'refused', reasons: ['phone_taken'] });
  });

  test('refuses to raise what is level 02, locked, or has another phone', async () => {
    const subject = await world.giveAccount(NUMBER);
    expect(await world.submit(NUMBER, '0912000113')).toMatchObject({ reasons: ['phone_not_of_account'] });
    await lockAccount(deps, subject, { ground: 'self_request', actor: 'holder' });
    expect(await world.submit(NUMBER, PHONE)).toMatchObject({ reasons: ['account_locked'] });
    await world.db.query("UPDATE account SET level = '02'");
    expect(await world.submit(NUMBER, PHONE)).toMatchObject({ reasons: ['already_level_02'] });
  });

  test('of ten submissions of one person at once, one opens a case', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => world.submit(NUMBER, PHONE)));
    expect(outcomes.filter(({ kind }) => kind === 'submitted')).toHaveLength(1);
    expect(outcomes.filter((one) => one.kind === 'refused' && one.reasons[0] === 'case_open')).toHaveLength(9);
  });

  test('says so when the registry is gone', async () => {
    world.registry.down = true;
    expect(await world.submit(NUMBER, PHONE)).toEqual({ kind: 'unavailable' });
    world.registry.down = false;
  });
});

describe('four eyes', () => {
  test('nobody decides a case of their own, whatever their role', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    expect(await world.grant(caseId, staff.counter, 'everywhere')).toEqual({ kind: 'touched' });
    expect(await world.refuse(caseId, staff.counter, 'everywhere')).toEqual({ kind: 'touched' });
    expect(await account()).toBeUndefined();
    expect(await world.kinds()).toContain('case.decision_refused');
  });

  test('the database refuses it too', async () => {
    await world.submitted(NUMBER, PHONE);
    const forced = world.db.query(
      `UPDATE enrolment_case SET state = 'granted', decided_by = submitted_by, decided_at = now()`,
    );
    await expect(forced).rejects.toThrow(/enrolment_case_decided_by_another/);
  });

  test('an approver of another province cannot, those of the same and of a superior office can', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    expect(await world.grant(caseId, staff.approverElsewhere)).toEqual({ kind: 'out_of_reach' });
    expect(await world.grant(caseId, staff.approverOfOffice)).toEqual({ kind: 'granted' });
    const other = await world.submitted(THUY.national_id, THUY.phone);
    expect(await world.grant(other, staff.approver)).toEqual({ kind: 'granted' });
  });

  test('of twenty decisions at once, one counts', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    const by = [staff.approver, staff.approverOfOffice];
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 3 ? world.grant(caseId, by[i % 2]) : world.refuse(caseId, by[i % 2]))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'granted' || kind === 'refused')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'already_decided')).toHaveLength(19);
  });

  test('a refusal keeps its reason sealed in the case, and the person can apply again', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    expect(await world.refuse(caseId)).toEqual({ kind: 'refused' });
    expect(await account()).toBeUndefined();
    expect((await world.submit(NUMBER, PHONE)).kind).toBe('submitted');
  });
});

describe('what changed since the counter', () => {
  test('the phone was taken', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    const someone = { fullName: 'A', birthDate: '1990', gender: 'male', nationality: 'VN' } as const;
    await world.openFor({ ...someone, nationalId: '079090999999', phone: '+84597000012' }, '01');
    expect(await world.grant(caseId)).toEqual({ kind: 'not_eligible', reasons: ['phone_taken'] });
    expect(await account()).toBeUndefined();
    expect((await world.refuse(caseId)).kind).toBe('refused');
  });

  test('the person registered alone', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    await world.giveAccount(NUMBER);
    expect(await world.grant(caseId)).toEqual({ kind: 'not_eligible', reasons: ['account_exists_now'] });
  });

  test('the registry does not answer: nothing is decided', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    world.registry.down = true;
    expect(await world.grant(caseId)).toEqual({ kind: 'unavailable' });
    world.registry.down = false;
    expect((await world.grant(caseId)).kind).toBe('granted');
  });
});

describe('a foreigner', () => {
  test('is granted level 02 on passport and residence, and refused when one has run out', async () => {
    const caseId = await world.submitted(MINSU.national_id, MINSU.phone);
    expect(await world.grant(caseId)).toEqual({ kind: 'granted' });
    const found = await world.accountOf(MINSU.national_id);
    expect(found).toMatchObject({ kind: 'foreigner', state: 'granted', level: '02' });
    const evidence = await listEvidence(deps, found!.subject);
    expect(evidence[0]?.checks.reveal().stay?.passport).toEqual({
      number: 'XK8801011',
      issuedOn: '2022-04-18',
      expiresOn: '2032-04-18',
    });
    const other = await world.submitted(HARUKA.national_id, HARUKA.phone);
    world.registry.happen({ kind: 'residence_ended', national_id: HARUKA.national_id });
    expect(await world.grant(other)).toEqual({ kind: 'not_eligible', reasons: ['residence_ended'] });
    await world.refuse(other);
    world.registry.happen({ kind: 'passport_expired', national_id: HARUKA.national_id });
    const reasons = ['passport_expired', 'residence_ended'];
    expect(await world.submit(HARUKA.national_id, HARUKA.phone)).toEqual({ kind: 'refused', reasons });
  });
});

describe('granted', () => {
  test('the account waits at level 02 with its evidence, both officers in it, and cannot be used', async () => {
    const caseId = await world.submitted(NUMBER, PHONE);
    await world.grant(caseId);
    const found = await account();
    expect(found).toMatchObject({ state: 'granted', level: '02' });
    const [evidence, ...more] = await listEvidence(deps, found!.subject);
    expect(more).toEqual([]);
    expect(evidence).toMatchObject({
      caseId,
      officeId: 'cau-giay',
      recordedBy: staff.counter.officerId,
      approvedBy: staff.approver.officerId,
    });
    expect(evidence?.checks.reveal()).toMatchObject({
      faceMatch: 'FM-2026-0001',
      formNumber: 'TK01-0001',
      consent: true,
    });
    expect(await world.kinds()).toEqual(
      expect.arrayContaining(['account.opened', 'case.granted', 'account.holder_invited']),
    );
  });

  test('it is found by the number of its form', async () => {
    await world.grant(await world.submitted(NUMBER, PHONE));
    expect(await selectSubjectsByDocument(world.db, 'TK01-0001', 5)).toEqual([(await account())!.subject]);
    expect(await selectSubjectsByDocument(world.db, 'TK01-0002', 5)).toEqual([]);
  });

  test('the holder is told once, without a code, and again only after a failure', async () => {
    await world.grant(await world.submitted(NUMBER, PHONE));
    const { rows } = await world.db.query('SELECT task_identifier FROM graphile_worker.jobs');
    expect(rows).toContainEqual({ task_identifier: 'tell_of_invitation' });
    world.gateway.outcome = { kind: 'failed', reason: 'timeout' };
    await expect(world.tell(NUMBER)).rejects.toThrow('timeout'); // and the job is tried again
    world.gateway.outcome = { kind: 'accepted' };
    world.clock.passSeconds(8 * 60 * 60);
    await world.tell(NUMBER);
    await world.tell(NUMBER);
    const [message, ...others] = await world.messages();
    expect(others).toEqual([]);
    expect(message?.to).toBe('+84597000012');
    expect(message?.text).toMatch(/^[^\d]*7 ngày: localhost:3000\/activate$/);
    expect(message?.text).not.toMatch(/mã|\d{6}/);
  });

  test('activated with phone and factor only, once, within seven days of the notice', async () => {
    await world.granted(NUMBER, PHONE);
    expect(await activate([])).toEqual({ kind: 'not_allowed' });
    expect(await activate(['phone_proven'])).toEqual({ kind: 'not_allowed' });
    world.clock.passSeconds(7 * DAY - 1);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => activate()));
    expect(outcomes.filter(({ kind }) => kind === 'activated')).toHaveLength(1);
    expect(await account()).toMatchObject({ state: 'active', level: '02' });
  });

  test('no evidence on record, no activation', async () => {
    await world.granted(NUMBER, PHONE);
    await world.db.query('UPDATE account SET state = $1, level = $2', ['active', '01']);
    await world.db.query("UPDATE account_invitation SET change = 'raise_level'");
    await world.db.query('UPDATE account_evidence SET approved_by = recorded_by');
    expect(await activate()).toEqual({ kind: 'not_allowed' });
    await world.db.query('DELETE FROM account_evidence');
    expect(await activate()).toEqual({ kind: 'not_allowed' });
  });

  test('eight days later it is over, until the help desk renews it', async () => {
    await world.granted(NUMBER, PHONE);
    const { subject } = (await account())!;
    expect(await renewInvitation(deps, subject, 'officer:help')).toMatchObject({ kind: 'still_good' });
    world.clock.passSeconds(8 * DAY);
    expect(await activate()).toEqual({ kind: 'lapsed' });
    expect((await account())?.state).toBe('granted');
    const renewals = await Promise.all(Array.from({ length: 5 }, () => renewInvitation(deps, subject, 'officer:help')));
    expect(renewals.filter(({ kind }) => kind === 'renewed')).toHaveLength(1);
    expect(await world.kinds()).toContain('account.invitation_renewed');
    expect((await activate()).kind).toBe('activated');
  });

  test('a lock placed meanwhile stops it', async () => {
    await world.granted(NUMBER, PHONE);
    await lockAccount(deps, (await account())!.subject, { ground: 'death', actor: 'registry' });
    expect(await activate()).toEqual({ kind: 'locked' });
  });

  test('an account of level 01 is raised: it stays as it is until its holder takes it', async () => {
    await world.giveAccount(NUMBER);
    await world.granted(NUMBER, PHONE);
    expect(await account()).toMatchObject({ state: 'active', level: '01' });
    expect(await world.submit(NUMBER, PHONE)).toMatchObject({ reasons: ['awaits_activation'] });
    expect((await activate()).kind).toBe('activated');
    expect(await account()).toMatchObject({ state: 'active', level: '02' });
  });
});

test('a case that is none', async () => {
  const nothing = '00000000-0000-4000-8000-000000000000' as never;
  const verdict = { kind: 'refuse', code: 'other', reason: new Sealed('x') } as const;
  const by = { officer: staff.approver, reach: 'own_tree' } as const;
  expect(await decideCase(deps, by, nothing, verdict)).toEqual({ kind: 'no_case' });
});
