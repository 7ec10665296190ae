import { OFFICER_ROLES } from '../../src/officers/officer-permissions.policy.ts';
import { OFFICER_STATES } from '../../src/officers/staff-member.ts';
import type { OfficerModel } from '../../src/officers/staff/staff.views.ts';
import { example, type Example } from './example.ts';

const at = new Date('2026-08-14T07:05:00Z');

/** The views of officers and offices, each echoed value being `value`. */
export function staffExamples(value: string, creation: object): Example[] {
  const said = { vi: value, en: value };
  const offices = [
    { officeId: 'mps', name: said, depth: 0 },
    { officeId: 'ha-noi', name: { vi: 'Công an thành phố Hà Nội', en: 'Hà Nội City Police' }, depth: 1 },
    { officeId: 'cau-giay', name: said, depth: 2 },
  ];
  const officerId = '3f0b9f5e-7d1c-4a55-9a3e-1b2c3d4e5f60';
  const line = { officerId, name: value, office: said, createdAt: at };
  const members = OFFICER_STATES.map((state, i) => ({ ...line, state, role: OFFICER_ROLES[i]! }));
  const no = { confirm: false, renew: false, disable: false };
  const member: OfficerModel = {
    ...line,
    role: 'counter_officer',
    state: 'invited',
    invitedBy: value,
    may: { ...no, confirm: true, disable: true },
    trailHref: '/console/audit?actor=registry',
    ownInvitation: false,
  };
  const confirmed: OfficerModel = {
    ...member,
    state: 'confirmed',
    confirmedBy: value,
    linkUntil: at,
    may: { ...no, renew: true, disable: true },
  };
  const disabled: OfficerModel = { ...member, state: 'disabled', disabledAt: at, may: no };
  const { invitedBy: _, ...byOperator } = member;
  const holidays = (['off', 'worked'] as const).map((kind, i) => {
    return { day: `2027-0${i + 1}-02`, kind, name: said, source: value, mayRemove: i === 1 };
  });
  const noHoliday = {
    holiday_day: '2',
    holiday_month: '9',
    holiday_year: '2026',
    kind: '',
    name_vi: '',
    name_en: '',
    source: '',
  };
  const filter = { state: '', office: '' };
  const roles = OFFICER_ROLES;
  return [
    example('console/staff/officers', 'plain', {
      members,
      filter,
      states: OFFICER_STATES,
      offices,
      mayInvite: true,
      done: 'invited',
    }),
    example('console/staff/officers', 'auditor-none', {
      members: [],
      filter: { state: 'invited', office: 'ha-noi' },
      states: OFFICER_STATES,
      offices,
      mayInvite: false,
      done: 'disabled',
    }),
    example('console/staff/officer', 'invited', member),
    example('console/staff/officer', 'own-invitation', { ...byOperator, may: no, ownInvitation: true }),
    example('console/staff/officer', 'confirmed', confirmed),
    example('console/staff/officer', 'disabled', disabled),
    example('console/staff/confirm', 'plain', { member }),
    example('console/staff/confirm', 'renew', { member: confirmed }),
    example('console/staff/confirm', 'own', {
      member: { ...member, may: no, ownInvitation: true },
      errors: [{ code: 'staff_own_invitation' }],
    }),
    example('console/staff/disable', 'plain', { member }),
    example('console/staff/disable', 'oneself', {
      member: { ...member, state: 'active', may: no },
      errors: [{ code: 'staff_oneself' }],
    }),
    example('console/staff/invite', 'plain', { values: { name: '', role: '', office: '' }, roles, offices }),
    example('console/staff/invite', 'wrong', {
      values: { name: value, role: 'approver', office: '' },
      roles,
      offices,
      errors: [
        { code: 'staff_name_malformed', field: 'name' },
        { code: 'staff_office_missing', field: 'office' },
      ],
    }),
    example('console/staff/link', 'plain', {
      name: value,
      link: 'http://localhost:3000/console/enrol/V1StGXR8_Z5jdHi6B-myTV1StGXR8_Z5jdHi6B-myT0',
      until: at,
    }),
    example('console/staff/offices', 'plain', {
      offices: offices.map((office, i) => ({
        ...office,
        tier: (['ministry', 'province', 'commune'] as const)[i]!,
        officers: i,
      })),
      mayAdd: true,
      done: true,
    }),
    example('console/staff/add-office', 'wrong', {
      values: { office_id: value, parent_id: 'ha-noi', name_vi: value, name_en: '' },
      parents: offices,
      errors: [
        { code: 'office_id_malformed', field: 'office_id' },
        { code: 'office_name_malformed', field: 'name_en' },
      ],
    }),
    example('console/holidays/holidays', 'plain', { holidays, values: noHoliday, done: 'set' }),
    example('console/holidays/holidays', 'wrong', {
      holidays,
      values: { ...noHoliday, name_vi: value, source: value },
      errors: [
        { code: 'holiday_past', field: 'holiday_date' },
        { code: 'holiday_kind_missing', field: 'kind' },
      ],
    }),
    example('console/staff/enrol', 'plain', {
      name: value,
      role: 'approver',
      office: said,
      action: '/console/enrol/x',
      passkey: creation,
    }),
    example('console/staff/enrol-gone', 'plain', {}),
    example('console/staff/enrolled', 'plain', {}),
  ];
}
