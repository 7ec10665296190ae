import type { ApplicationModel } from '../../src/officers/organisations/organisations.views.ts';
import { example, type Example } from './example.ts';

const at = new Date('2026-08-14T07:05:00Z');
const applicationId = '00000000-0000-4000-8000-000000000000';

/** The pages of organisations, for their representatives and for officers. */
export function organisationExamples(value: string): Example[] {
  const named = { name: value, taxNumber: '9900000011-001' };
  const application = {
    ...named,
    applicationId,
    number: 'TC 000 123',
    state: 'awaiting_consent',
    applicantName: value,
    madeAt: at,
    agreed: 1,
    asked: 2,
    waitsForYou: true,
  } as const;
  const line = {
    applicationId,
    number: 'TC 000 123',
    name: value,
    state: 'submitted',
    submittedAt: at,
    dueAt: at,
    due: { kind: 'left', unit: 'hours', count: 5 },
  } as const;
  const { due: _due, ...decided } = line;
  const model: ApplicationModel = {
    line,
    verified: true,
    applicantName: value,
    compared: [
      { name: 'name', applied: value, registered: `${value} A`, same: false },
      { name: 'taxNumber', applied: '9900000011', registered: '9900000011', same: true },
      { name: 'foundedOn', applied: '2011-04-18', registered: '2011-04-18', same: true },
    ],
    register: 'found',
    reasons: [],
    may: { receive: false, decide: false },
    isOwn: false,
    codes: ['data_differ', 'not_verified', 'not_eligible', 'other'],
    values: { comparison: '', code: '', reason: '' },
  };
  const received = { ...model, line: { ...line, state: 'received' }, comparison: value } as const;
  const receivedBy = { name: value, at, office: { vi: value, en: value } };
  return [
    example('self-service/organisations', 'none', { mayApply: false, organisations: [], applications: [] }),
    example('self-service/organisations', 'some', {
      mayApply: true,
      organisations: (['to_activate', 'active', 'locked', 'lapsed', 'ended'] as const).map((state) => ({
        ...named,
        state,
        grounds:
          state === 'locked' ? (['self_request', 'terms_breach', 'authority_request', 'dissolved'] as const) : [],
        ...(state === 'to_activate' && { activateBy: at }),
        ...(state === 'lapsed' && { number: 'TC 000 123' }),
      })),
      applications: [
        application,
        { ...application, state: 'submitted', waitsForYou: false },
        { ...application, state: 'received', waitsForYou: false },
        { ...application, state: 'withdrawn', waitsForYou: false },
        { ...application, state: 'refused', waitsForYou: false, refusal: { code: 'data_differ', reason: value } },
      ],
      done: 'activated',
    }),
    example('self-service/organisations', 'wrong', {
      mayApply: true,
      organisations: [],
      applications: [],
      errors: [{ code: 'application_not_asked' }],
    }),
    example('self-service/apply-organisation', 'plain', {}),
    example('self-service/apply-organisation', 'wrong', {
      values: { tax_number: value },
      errors: [{ code: 'organisation_not_representative', field: 'tax_number' }],
    }),
    example('self-service/lock-organisation', 'plain', named),
    example('self-service/unlock-organisation', 'plain', { ...named, others: [] }),
    example('self-service/unlock-organisation', 'others', {
      ...named,
      others: ['terms_breach', 'authority_request', 'dissolved'],
    }),
    example('console/organisations/applications', 'none', {
      state: 'granted',
      states: ['open', 'granted', 'refused'],
      applications: [],
    }),
    example('console/organisations/applications', 'some', {
      state: 'open',
      states: ['open', 'granted', 'refused'],
      applications: [
        { ...line, due: { kind: 'overdue', unit: 'days', count: 3 } },
        { ...line, state: 'received' },
      ],
    }),
    example('console/organisations/application', 'to-receive', {
      ...model,
      verified: false,
      may: { receive: true, decide: false },
      errors: [{ code: 'comparison_missing', field: 'comparison' }],
    }),
    example('console/organisations/application', 'own', { ...received, receivedBy, isOwn: true }),
    example('console/organisations/application', 'to-decide', {
      ...received,
      receivedBy,
      register: 'not_found',
      reasons: ['not_registered', 'dissolved', 'has_account', 'representatives_changed'],
      may: { receive: false, decide: true },
      errors: [{ code: 'application_reason_missing', field: 'reason' }],
    }),
    example('console/organisations/application', 'refused', {
      ...received,
      line: { ...decided, state: 'refused' },
      receivedBy,
      decidedBy: { name: value, at },
      refusal: { code: 'other', reason: value },
    }),
  ];
}
