import { example, type Example } from './example.ts';

const LETTER_ERRORS = {
  asks: 'request_asks_missing',
  lifts: 'request_lifts_missing',
  authority: 'request_authority_malformed',
  document: 'document_missing',
  arrived_on: 'request_day_malformed',
};

/** Every page of search, record and locks in every state. */
export function peopleExamples(value: string): Example[] {
  const personId = '3f0c1d2e-0000-4000-8000-000000000001';
  const since = new Date('2026-08-14T07:05:00Z');
  const line = { personId, maskedName: 'N. H. P. Thảo', maskedNationalId: '079 ••• ••• 234' };
  const choices = ['national_id', 'phone', 'case', 'document'];
  const reasons = ['holder_at_counter', 'holder_calls', 'case', 'authority_request', 'correction', 'fraud'];
  const none = { seeNumber: false, lock: false, unlock: false, request: false };
  const all = { seeNumber: true, lock: true, unlock: true, request: true };
  const person = {
    personId,
    fullName: value,
    nationalId: '079 ••• ••• 234',
    isWhole: false,
    birthDate: '1990-08-14',
    maskedPhone: '••• ••• 678',
    state: 'active',
    level: '02',
    why: { reason: 'case', document: 'TK03-2026/17' },
  } as const;
  const request = {
    requestId: personId,
    asks: 'lock',
    document: '125/CAT-CSHS',
    authority: value,
    dueAt: since,
    isOverdue: false,
  } as const;
  const letter = {
    fullName: value,
    maskedNationalId: '079 ••• ••• 234',
    arrivedOn: '2026-08-13',
    receivedAt: since,
    office: { vi: value, en: value },
    isOwn: false,
    mayDecide: false,
    values: { reason: '' },
  };
  return [
    example('console/people/search', 'plain', { by: 'national_id', choices }),
    example('console/people/search', 'nobody', { by: 'phone', choices, found: [] }),
    example('console/people/search', 'found', {
      by: 'document',
      choices,
      found: [
        { ...line, state: 'active' },
        { ...line, state: 'locked' },
      ],
    }),
    example('console/people/search', 'malformed', {
      by: 'national_id',
      choices,
      errors: [{ code: 'search_national_id_malformed', field: 'value' }],
    }),
    example('console/people/search', 'too-many', { by: 'national_id', choices, errors: [{ code: 'search_too_many' }] }),
    example('console/people/reason', 'plain', { personId, reasons, values: { reason: '', document: '' } }),
    example('console/people/reason', 'wrong', {
      personId,
      reasons,
      values: { reason: 'case', document: value },
      errors: [{ code: 'document_malformed', field: 'document' }],
    }),
    example('console/people/person', 'open', { ...person, locks: [], may: all }),
    example('console/people/person', 'locked', {
      ...person,
      nationalId: '079 203 001 234',
      isWhole: true,
      locks: [
        { ground: 'self_request', since, by: 'officer', document: 'TK03-2026/17' },
        { ground: 'card_expired', since, by: 'registry' },
        { ground: 'authority_request', since, by: 'officer', document: '125/CAT-CSHS', body: value },
      ],
      may: none,
      done: 'locked',
    }),
    example('console/people/lock', 'plain', { personId, fullName: value, values: { told: '', document: '' } }),
    example('console/people/lock', 'wrong', {
      personId,
      fullName: value,
      values: { told: 'in_person', document: '' },
      errors: [{ code: 'document_missing', field: 'document' }],
    }),
    example('console/people/unlock', 'plain', {
      personId,
      fullName: value,
      grounds: ['self_request'],
      others: ['card_expired'],
      values: { ground: '', document: '', face_match: '' },
    }),
    example('console/people/unlock', 'wrong', {
      personId,
      fullName: value,
      grounds: ['self_request', 'terms_breach'],
      others: [],
      values: { ground: '', document: value, face_match: '' },
      errors: [
        { code: 'unlock_ground_missing', field: 'ground' },
        { code: 'unlock_card_not_seen', field: 'card_seen' },
        { code: 'unlock_face_missing', field: 'face_match' },
      ],
    }),
    example('console/requests/receive', 'plain', {
      personId,
      fullName: value,
      inForce: [],
      values: { asks: 'lock', lifts: '', authority: '', document: '', arrived_on: '2026-08-14' },
    }),
    example('console/requests/receive', 'wrong', {
      personId,
      fullName: value,
      inForce: [request, request].map((one, i) => ({ ...one, requestId: `${one.requestId}${i}` })),
      values: { asks: '', lifts: '', authority: value, document: value, arrived_on: '' },
      errors: ['asks', 'lifts', 'authority', 'document', 'arrived_on'].map((field) => ({
        code: LETTER_ERRORS[field as keyof typeof LETTER_ERRORS],
        field,
      })),
    }),
    example('console/requests/requests', 'none', { requests: [] }),
    example('console/requests/requests', 'some', {
      requests: [
        { ...request, isOverdue: true },
        request,
        { ...request, asks: 'unlock', decision: 'granted' },
        { ...request, decision: 'refused' },
      ],
    }),
    example('console/requests/request', 'waits', { ...letter, request, mayDecide: true }),
    example('console/requests/request', 'own', { ...letter, request, isOwn: true }),
    example('console/requests/request', 'wrong', {
      ...letter,
      request,
      mayDecide: true,
      errors: [{ code: 'request_reason_missing', field: 'reason' }],
    }),
    example('console/requests/request', 'not-possible', {
      ...letter,
      request: { ...request, asks: 'unlock' },
      mayDecide: true,
      errors: [{ code: 'request_not_possible' }],
    }),
    example('console/requests/request', 'refused', {
      ...letter,
      request: { ...request, decision: 'refused' },
      decidedAt: since,
      refusal: value,
    }),
  ];
}
