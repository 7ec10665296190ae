import { ENROLMENT_REFUSALS, type EnrolmentRefusal } from '../../src/accounts/enrolment-eligibility.policy.ts';
import { REFUSAL_CODES } from '../../src/officers/cases/case-decision.policy.ts';
import type { CaseLine, CaseModel } from '../../src/officers/cases/cases.views.ts';
import { differences } from '../../src/officers/cases/compare-card.ts';
import { RENEWAL_REASONS } from '../../src/officers/cases/renewal.policy.ts';
import { example, type Example } from './example.ts';

const at = new Date('2026-08-14T07:05:00Z');
const STATES = ['submitted', 'granted', 'refused'] as const;
const EMPTY = {
  basis: 'card',
  card_seen: '',
  card_application: '',
  face_match: '',
  fingerprint_match: '',
  consent: '',
  form_number: '',
  phone: '',
  email: '',
  with_guardian: '',
  guardian_number: '',
  guardian_seen: '',
};

const papers = (value: string) => [
  { name: 'full_name' as const, kind: 'text' as const, registry: value, same: true },
  { name: 'nationality' as const, kind: 'text' as const, registry: value, same: true },
  { name: 'passport_number' as const, kind: 'text' as const, registry: 'XK8801011', same: true },
  { name: 'passport_expires_on' as const, kind: 'date' as const, registry: '2032-04-18', same: true },
  { name: 'residence_kind' as const, kind: 'word' as const, registry: 'permanent', same: true },
  { name: 'residence_expires_on' as const, kind: 'date' as const, registry: '2030-09-01', same: true },
];

/** The pages of cases, in every state. */
export function caseExamples(value: string): Example[] {
  const office = { vi: value, en: value };
  const id = '9afdadde-d503-4b10-a60c-bba711021989';
  const line: CaseLine = {
    caseId: id,
    number: 'HS 000 123',
    name: value,
    office,
    change: 'grant',
    state: 'submitted',
    submittedAt: at,
    dueAt: at,
    due: { kind: 'left', unit: 'hours', count: 3 },
  };
  const dues = (['left', 'overdue'] as const).flatMap((kind) =>
    (['minutes', 'hours', 'days'] as const).map((unit) => ({ ...line, due: { kind, unit, count: 2 } })),
  );
  const { name: _name, ...nameless } = line;
  const counts = [
    { officeId: 'cau-giay', name: office, open: 12, overdue: 3, isHere: true },
    { officeId: 'ben-thanh', name: office, open: 1, overdue: 0, isHere: false },
  ];
  const queue = { states: STATES, cases: dues, more: true, counts, mayOpen: true };
  const field = (same: boolean) => ({
    name: 'full_name' as const,
    kind: 'text' as const,
    registry: value,
    card: same ? value : `${value}x`,
    same,
    ...(!same && { pieces: differences(value, `${value}x`) }),
  });
  const fields = [
    field(true),
    field(false),
    { name: 'birth_date' as const, kind: 'date' as const, registry: '1990-08-14', card: '1991', same: false },
    { name: 'gender' as const, kind: 'word' as const, registry: 'female', same: true },
    { name: 'address' as const, kind: 'text' as const, registry: value, card: value, same: true },
    { name: 'card_issued_on' as const, kind: 'date' as const, registry: '2021-08-10', same: true },
  ];
  const found = {
    withGuardian: false,
    scanned: value,
    nationalId: '079 203 001 234',
    fullName: value,
    fields,
    hasCard: true,
    basis: 'card' as const,
    card: { status: 'valid', expiresOn: '2030-08-14' },
    change: 'grant' as const,
    refusals: [],
    values: { ...EMPTY, phone: '0912 345 678' },
  };
  const { change: _change, ...unfit } = found;
  const refusals = Object.keys(ENROLMENT_REFUSALS) as EnrolmentRefusal[];
  const whole: CaseModel = {
    line,
    person: {
      nationalId: '079 203 001 234',
      fullName: value,
      birthDate: '1990-08-14',
      gender: 'female',
      address: value,
      phone: '0912 345 678',
      email: value,
    },
    checks: {
      faceMatch: value,
      fingerprintMatch: value,
      formNumber: value,
      cardIssuedOn: '2021-08-10',
      cardSeen: true,
      differences: ['full_name', 'card_issued_on'],
    },
    submittedBy: value,
    refusals: [],
    may: { decide: true, export: false },
    isOwn: false,
    codes: REFUSAL_CODES,
  };
  const decided = { ...whole, decided: { by: value, at }, may: { decide: false, export: true } };
  return [
    ...STATES.map((state) => example('console/cases/queue', state, { ...queue, state })),
    ...STATES.map((state) =>
      example('console/cases/queue', `none-${state}`, { ...queue, state, cases: [], counts: [], mayOpen: false }),
    ),
    example('console/cases/queue', 'audit', { ...queue, state: 'submitted', cases: [nameless], mayOpen: false }),
    example('console/cases/scan', 'plain', {}),
    example('console/cases/scan', 'wrong', {
      scanned: value,
      errors: [{ code: 'scanned_malformed', field: 'scanned' }],
    }),
    example('console/cases/new', 'plain', found),
    example('console/cases/new', 'by-number', { ...found, hasCard: false }),
    example('console/cases/new', 'wrong', {
      ...found,
      change: 'raise_level',
      errors: ['card_seen', 'face_match', 'fingerprint_match', 'consent', 'form_number'].map((name) => ({
        code: `${name}_missing`,
        field: name,
      })),
    }),
    example('console/cases/new', 'foreigner', {
      ...found,
      hasCard: false,
      basis: 'stay',
      biometricsOnRecord: true,
      fields: papers(value),
    }),
    example('console/cases/new', 'foreigner-to-take', {
      ...found,
      hasCard: false,
      basis: 'stay',
      biometricsOnRecord: false,
      fields: papers(value),
      refusals: ['passport_expired', 'residence_ended'],
    }),
    example('console/cases/new', 'card-application', {
      ...found,
      basis: 'card_application',
      card: { status: 'expired' },
      errors: [{ code: 'card_application_missing', field: 'card_application' }],
    }),
    ...['valid', 'expired', 'withdrawn', 'held', 'none'].map((status) =>
      example('console/cases/new', `refused-${status}`, { ...unfit, card: { status }, refusals }),
    ),
    example('console/cases/new', 'guardian', {
      ...found,
      withGuardian: true,
      values: { ...EMPTY, with_guardian: 'on', guardian_number: value },
      errors: [
        { code: 'guardian_number_malformed', field: 'guardian_number' },
        { code: 'guardian_seen_missing', field: 'guardian_seen' },
      ],
    }),
    example('console/cases/case', 'to-decide', whole),
    example('console/cases/case', 'guardian', {
      ...whole,
      person: { ...whole.person, guardian: { fullName: value, nationalId: '079 185 000 002' } },
    }),
    example('console/cases/case', 'foreigner', {
      ...whole,
      person: {
        ...whole.person,
        stay: {
          nationality: value,
          passport: { number: 'XK8801011', issuedOn: '2022-04-18', expiresOn: '2032-04-18' },
          residence: { kind: 'temporary', issuedOn: '2025-09-01', expiresOn: '2030-09-01' },
          biometricsOnRecord: true,
        },
      },
    }),
    example('console/cases/case', 'card-application', {
      ...whole,
      checks: { ...whole.checks, cardSeen: false, cardApplication: value },
    }),
    example('console/cases/case', 'own', {
      ...whole,
      isOwn: true,
      may: { decide: false, export: false },
      done: 'submitted',
    }),
    example('console/cases/case', 'granted', { ...decided, line: { ...line, state: 'granted' }, done: 'granted' }),
    ...REFUSAL_CODES.map((code) =>
      example('console/cases/case', `refused-${code}`, {
        ...decided,
        line: { ...line, state: 'refused', change: 'raise_level' },
        refusal: { code, reason: value },
        done: 'refused',
      }),
    ),
    example('console/cases/case', 'not-eligible', { ...whole, refusals: ['phone_taken', 'dead'] }),
    example('console/cases/case', 'wrong', {
      ...whole,
      values: { code: '', reason: value },
      errors: [
        { code: 'refusal_code_missing', field: 'code' },
        { code: 'refusal_reason_missing', field: 'reason' },
      ],
    }),
    example('console/cases/renew', 'plain', { reasons: RENEWAL_REASONS }),
    example('console/cases/renew', 'done', { reasons: RENEWAL_REASONS, renewed: { until: at } }),
    example('console/cases/renew', 'wrong', {
      reasons: RENEWAL_REASONS,
      values: { case_number: value, reason: 'away' },
      errors: [{ code: 'invitation_still_good', field: 'case_number', values: { until: at } }],
    }),
  ];
}
