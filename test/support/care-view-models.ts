import { REQUEST_REFUSALS, type RequestRefusal } from '../../src/accounts/dependants/dependant-request.policy.ts';
import type { CareLine, CareStatus } from '../../src/self-service/care/care.views.ts';
import { example, type Example } from './example.ts';

const ref = 'q'.repeat(43);
const at = new Date('2026-08-14T07:05:00Z');
const name = { vi: 'Cổng dịch vụ công', en: 'Public service portal' };
const ALL = Object.keys(REQUEST_REFUSALS) as RequestRefusal[];

/** Everything that the pages of people in care can look like. */
export function careExamples(fullName: string): Example[] {
  const line = (status: CareStatus, more: Partial<CareLine> = {}): CareLine => ({
    ref,
    fullName,
    birthDate: '2016-03-08',
    status,
    reasons: [],
    ...more,
  });
  const level = '01' as const;
  const people = [
    line('may_request', { level02: 'at_counter' }),
    line('refused', { reasons: ALL, birthDate: '2013' }),
    line('unknown'),
    line('awaits_activation', { level, until: at }),
    ...(['lapsed', 'awaits_level_02', 'active', 'locked', 'not_in_charge', 'ended'] as const).map((one) =>
      line(one, { level }),
    ),
  ];
  const may = { lock: false, unlock: false };
  const nothing = { days: [], portals: [], may };
  const entries = [
    { at, event: 'guardian_confirmed', portal: name, unusual: false },
    { at, event: 'sign_in_completed', portal: name, way: 'password' as const, unusual: false },
    { at, event: 'password_rejected', unusual: true },
  ];
  const portals = [
    { portalId: 'a', portal: name, authority: name, purpose: name, claims: ['name', 'birthdate'], givenAt: at },
  ];
  return [
    example('self-service/care', 'all', { fromRegister: true, people, needsLevel02: false }),
    example('self-service/care', 'nobody', { fromRegister: true, people: [], needsLevel02: false }),
    example('self-service/care', 'register-down', {
      fromRegister: false,
      people: [line('active', { level })],
      needsLevel02: false,
    }),
    example('self-service/care', 'level-01', { fromRegister: true, people: [], needsLevel02: true }),
    ...(['at_counter', 'not_yet'] as const).map((level02) =>
      example('self-service/care-request', level02, {
        line: line('may_request', { level02 }),
        maskedPhone: '••• ••• 678',
      }),
    ),
    example('self-service/care-request', 'wrong', {
      line: line('may_request', { level02: 'at_counter' }),
      maskedPhone: '••• ••• 678',
      errors: [{ code: 'care_consent_missing', field: 'consent' }],
    }),
    example('self-service/care-request', 'refused', { line: line('refused', { reasons: ALL }), maskedPhone: '' }),
    example('self-service/care-person', 'requested', {
      line: line('awaits_activation', { level, until: at }),
      done: 'requested',
      ...nothing,
    }),
    example('self-service/care-person', 'in-use', {
      line: line('active', { level }),
      days: [{ day: at, entries }],
      portals,
      may: { lock: true, unlock: false },
      done: 'unlocked',
    }),
    example('self-service/care-person', 'locked', {
      line: line('locked', { level }),
      ...nothing,
      may: { lock: false, unlock: true },
      done: 'locked',
    }),
    ...(['not_in_charge', 'lapsed', 'ended'] as const).map((status) =>
      example('self-service/care-person', status, { line: line(status, { level }), done: 'in_charge', ...nothing }),
    ),
    example('self-service/care-lock', 'plain', { line: line('active', { level }) }),
  ];
}
