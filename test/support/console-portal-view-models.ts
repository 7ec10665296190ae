import { AGREED_CLAIMS, EMPTY_FORM, errorsOfFaults, PORTAL_FIELDS } from '../../src/officers/portals/portal-form.ts';
import type { PortalModel, PortalShown, ProposalModel } from '../../src/officers/portals/portals.views.ts';
import { DISABLE_REASONS } from '../../src/portals/portal-record.ts';
import { example, type Example } from './example.ts';

const at = new Date('2026-08-14T07:05:00Z');
const LOGO = `${'A'.repeat(43)}.png`;

/** Everything that can be wrong with a file, as its rule names it. */
const FAULTY = [
  ...PORTAL_FIELDS.filter((name) => !/_(vi|en)$|^claim_/.test(name)),
  'name.vi',
  'authority.en',
  'purpose.vi',
  'name',
  'agreement',
  'agreement.number',
  'agreement.signed_on',
  'agreement.security_level',
  'claims.0.name',
  'redirect_uris.0',
  'jwks.keys.0.d',
  '',
];

/** Every page of the portals in every state. */
export function portalExamples(value: string): Example[] {
  const said = { vi: value, en: value };
  const by = { kind: 'officer', name: value } as const;
  const proposalId = '3f0b9f5e-7d1c-4a55-9a3e-1b2c3d4e5f60';
  const line = {
    portalId: 'so-tu-phap',
    name: said,
    authority: said,
    isDisabled: false,
    minimumAcr: 'LoA2',
    claims: 3,
    agreement: value,
    registeredAt: at,
    by,
  } as const;
  const doers = (['operator', 'sandbox', 'self', 'unknown'] as const).map((kind) => ({ kind, name: value }));
  const due = { dueAt: at, due: { kind: 'left', unit: 'days', count: 12 } } as const;
  const late = { dueAt: at, due: { kind: 'overdue', unit: 'hours', count: 3 } } as const;
  const proposal = { proposalId, portalId: 'so-tu-phap', proposedAt: at, by };
  const portal: PortalShown = {
    portalId: 'so-tu-phap',
    name: said,
    authority: said,
    purpose: said,
    purposeVersion: 2,
    minimumAcr: 'LoA3',
    claims: AGREED_CLAIMS.map((name, i) => ({ name, required: i < 2 })),
    sector: 'tu-phap.example',
    homeUrl: value,
    redirectUris: [value, 'https://tu-phap.example/dich-vu-cong/dang-nhap/tro-ve-sau-khi-dang-nhap'],
    signedOutUris: [value],
    logoutUri: value,
    keys: { kind: 'keys', kids: value },
    refreshTokens: true,
    pushes: true,
    logo: LOGO,
    logoUri: value,
    policyUrl: value,
    termsUrl: value,
    agreement: { number: value, signedOn: '2026-07-01', securityLevel: 3 },
  };
  const {
    agreement: _a,
    logo: _l,
    logoUri: _u,
    logoutUri: _o,
    policyUrl: _p,
    termsUrl: _t,
    ...little
  } = { ...portal, claims: [], signedOutUris: [], refreshTokens: false, pushes: false };
  const days = Array.from({ length: 7 }, (_, i) => ({ day: new Date(at.getTime() + i * 86_400_000), signIns: i }));
  const bar = { x: 12, y: 20, width: 9, height: 132 };
  const chart = {
    left: 12,
    base: 152,
    ticks: [{ y: 152, value: 0 }],
    steps: days.map((_, i) => ({ middle: 18 + i * 12.57, bars: [{ ...bar, x: 14 + i * 12.57 }] })),
  };
  const history = ['enabled', 'disabled', 'registered', 'proposal_confirmed', 'proposal_refused', 'proposed'].map(
    (name, i) => ({ name, at, by, ...(i === 1 && { reason: 'incident' as const }), ...(i < 4 && { document: value }) }),
  );
  const model: PortalModel = {
    portal,
    registeredAt: at,
    by,
    signIns: { days, chart },
    history,
    may: { change: true, disable: true, enable: false },
  };
  const waiting: ProposalModel = {
    ...proposal,
    ...due,
    portal: { ...little, logoUri: value, keys: { kind: 'secret', method: 'client_secret_basic' } },
    changes: false,
    isOwn: false,
    mayDecide: true,
    values: { record: '' },
  };
  const faults = FAULTY.map((where) => ({ at: where, what: value }));
  const filled = Object.fromEntries(PORTAL_FIELDS.map((name) => [name, value]));
  return [
    example('console/portals/portals', 'some', {
      state: 'live',
      portals: [line, ...doers.map((doer) => ({ ...line, by: doer }))],
      proposals: [
        { ...proposal, ...late },
        { ...proposal, ...due },
      ],
      mayRegister: true,
    }),
    example('console/portals/portals', 'disabled', {
      state: 'disabled',
      portals: [{ ...line, isDisabled: true, claims: 1 }],
      proposals: [],
      mayRegister: false,
    }),
    example('console/portals/portals', 'none', { state: 'test', portals: [], proposals: [], mayRegister: false }),
    example('console/portals/portal', 'open', { ...model, done: 'confirmed' }),
    example('console/portals/portal', 'disabled', {
      ...model,
      portal: { ...little, keys: { kind: 'keys_at', address: value } },
      signIns: { days },
      disabled: { at, reason: 'incident', document: value },
      may: { change: false, disable: false, enable: true },
      done: 'disabled',
    }),
    example('console/portals/portal', 'disabled-by-command', {
      ...model,
      portal: { ...little, logoUri: value },
      disabled: { at },
      may: { change: false, disable: false, enable: false },
      done: 'enabled',
    }),
    example('console/portals/register', 'plain', { values: EMPTY_FORM, claims: AGREED_CLAIMS }),
    ...[faults.slice(0, 14), faults.slice(14)].map((some, i) =>
      example('console/portals/register', `wrong-${i + 1}`, {
        values: i === 0 ? filled : EMPTY_FORM,
        claims: AGREED_CLAIMS,
        errors: errorsOfFaults(some, { pasted: false }),
      }),
    ),
    example('console/portals/register', 'refused', {
      values: EMPTY_FORM,
      claims: AGREED_CLAIMS,
      errors: [
        { code: 'portal_id_disabled', field: 'portal_id' },
        { code: 'portal_sector_fixed', field: 'sector', values: { sector: value } },
        { code: 'portal_invalid', values: { what: value } },
        { code: 'portal_waits_already' },
      ],
    }),
    example('console/portals/register-file', 'plain', { file: '' }),
    example('console/portals/register-file', 'wrong', {
      file: value,
      errors: errorsOfFaults(faults.slice(0, 4), { pasted: true }),
    }),
    example('console/portals/proposal', 'waits', waiting),
    example('console/portals/proposal', 'own', { ...waiting, ...late, changes: true, isOwn: true }),
    example('console/portals/proposal', 'wrong', {
      ...waiting,
      portal,
      values: { record: value },
      errors: [{ code: 'portal_document_malformed', field: 'record' }, { code: 'portal_already_decided' }],
    }),
    example('console/portals/proposal', 'confirmed', {
      ...waiting,
      mayDecide: false,
      decided: { as: 'confirmed', by, at, record: value },
    }),
    example('console/portals/proposal', 'refused', {
      ...waiting,
      mayDecide: false,
      decided: { as: 'refused', by, at, record: value },
      errors: [{ code: 'portal_own_proposal' }],
    }),
    example('console/portals/secret', 'plain', {
      portalId: 'so-tu-phap',
      secret: 'V1StGXR8_Z5jdHi6B-myTV1StGXR8_Z5jdHi6B-myT0',
    }),
    example('console/portals/disable', 'plain', {
      portalId: 'so-tu-phap',
      name: said,
      reasons: DISABLE_REASONS,
      values: { reason: '', document: '' },
    }),
    example('console/portals/disable', 'wrong', {
      portalId: 'so-tu-phap',
      name: said,
      reasons: DISABLE_REASONS,
      values: { reason: 'incident', document: value },
      errors: [
        { code: 'portal_reason_missing', field: 'reason' },
        { code: 'portal_document_malformed', field: 'document' },
        { code: 'portal_disabled_already' },
      ],
    }),
    example('console/portals/enable', 'plain', { portalId: 'so-tu-phap', name: said }),
    example('console/portals/enable', 'open', {
      portalId: 'so-tu-phap',
      name: said,
      errors: [{ code: 'portal_open_already' }],
    }),
  ];
}
