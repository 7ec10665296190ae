import { EVENT_KINDS } from '../../src/audit/event-kinds.ts';
import { example, type Example } from './example.ts';

/** The auditor's pages in every state. `value` stands where somebody chose a name. */
export function auditExamples(value: string): Example[] {
  const subject = '3f0c1d2e-0000-4000-8000-000000000001';
  const values = { kind: '', actor: '', portal: '', subject: '', from: '2026-08-07', to: '2026-08-14' };
  const name = { vi: value, en: value };
  const at = new Date('2026-08-14T07:05:00Z');
  const plain = {
    values,
    kinds: Object.keys(EVENT_KINDS),
    portals: [{ portalId: 'dich-vu-cong', name }],
    alerts: [],
  };
  const exportHref = '/console/audit/export?from=2026-08-07&to=2026-08-14';
  const officer = {
    kind: 'officer',
    name: value,
    office: name,
    href: `/console/audit?actor=officer%3A${subject}`,
  } as const;
  const subjectHref = `/console/audit?subject=${subject}`;
  const events = [
    {
      at,
      kind: 'officer.refused',
      isKnown: true,
      actor: officer,
      data: [{ name: 'route', value: '/console/people/:person' }],
    },
    {
      at,
      kind: 'sign_in.completed',
      isKnown: true,
      portal: name,
      subjectHref,
      data: [{ name: 'amr', value: 'pwd otp mfa' }],
    },
    {
      at,
      kind: 'account.locked',
      isKnown: true,
      actor: { kind: 'known', by: 'registry', href: '/console/audit?actor=registry' },
      subjectHref,
      data: [],
    },
    {
      at,
      kind: 'old.kind',
      isKnown: false,
      actor: { kind: 'as_written', text: 'operator:root', href: '/console/audit' },
      data: [],
    },
  ] as const;
  const alerts = [
    { name: 'unusual', count: 1, href: '/console/audit?kind=officer.search_unusual' },
    { name: 'refused', count: 12, href: '/console/audit?kind=officer.refused' },
  ] as const;
  const ask = { values, formats: ['csv', 'jsonl'], limit: 10_000, backHref: '/console/audit' };
  return [
    example('console/audit/audit', 'empty', { ...plain, events: [], exportHref }),
    example('console/audit/audit', 'events', {
      ...plain,
      alerts,
      events,
      exportHref,
      nextHref: '/console/audit?after=x',
    }),
    example('console/audit/audit', 'one-subject', {
      ...plain,
      values: { ...values, subject, actor: `officer:${subject}`, kind: 'account.locked', portal: 'dich-vu-cong' },
      events: events.slice(1, 3).map(({ at: when, kind, isKnown, data }) => ({ at: when, kind, isKnown, data })),
      allSubjectsHref: '/console/audit',
      officer: { name: value, office: name, allHref: '/console/audit' },
      firstHref: '/console/audit',
      exportHref,
    }),
    example('console/audit/audit', 'errors', {
      ...plain,
      errors: [
        { code: 'audit_range_too_long', field: 'to', values: { days: 90 } },
        { code: 'audit_day_malformed', field: 'from' },
        { code: 'audit_no_account', field: 'national_id' },
      ],
    }),
    example('console/audit/export', 'plain', { ...ask, count: 3_204 }),
    example('console/audit/export', 'too-many', {
      ...ask,
      values: { ...values, kind: 'sign_in.completed', actor: 'registry', portal: 'dich-vu-cong', subject },
      count: 10_001,
    }),
    example('console/audit/export', 'error', { ...ask, count: 1, errors: [{ code: 'audit_format_missing' }] }),
  ];
}
