import fc from 'fast-check';
import type { AccountFacts } from '../../src/accounts/account.ts';
import type { PortalId, SubjectId } from '../../src/kernel/ids.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { CLAIM_NAMES, decidedBy, type ClaimName } from '../../src/portals/claim.ts';
import { allowedClaims, answerConsent, missingConsent } from '../../src/portals/consent.policy.ts';
import type { ConsentDecision } from '../../src/portals/consent.ts';
import { mayAnswer, type AccessFacts } from '../../src/portals/portal-access.policy.ts';
import type { Portal } from '../../src/portals/portal.ts';

const said = { vi: 'Cổng', en: 'Portal' };
const portal: Portal = {
  portalId: 'p' as PortalId,
  name: said,
  authority: said,
  purpose: said,
  purposeVersion: 2,
  minimumAcr: 'LoA1',
  claims: [
    { name: 'name', required: true },
    { name: 'birthdate', required: false },
    { name: 'phone_number', required: false },
  ],
  sector: 'p.example',
  homeUrl: 'https://p.example',
  firstParty: false,
  dynamic: false,
  disabled: false,
  metadata: {},
};
const account: AccountFacts = {
  subject: '1' as SubjectId,
  kind: 'citizen',
  state: 'active',
  level: '02',
  grounds: [],
  credentialsChangedAt: new Date(1_000_000),
  personal: new Sealed({ nationalId: '0', fullName: 'A', birthDate: '2000', gender: 'male', nationality: 'VN' }),
};
const allow = (
  claim: ConsentDecision['claim'],
  decision: 'allow' | 'deny' = 'allow',
  purposeVersion = 2,
): ConsentDecision => ({
  claim,
  decision,
  purposeVersion,
});
const facts: AccessFacts = { account, portal, decisions: [allow('sub'), allow('name')] };
const issued = { acr: 'LoA2', atSeconds: 2000 } as const;

test('what was issued to an active account with consent stands, with the claims allowed', () => {
  expect(mayAnswer(facts, issued)).toMatchObject({ kind: 'stands', level: '02', claims: ['name'] });
});

test.each<[string, AccessFacts, { acr: 'LoA1' | 'LoA2' | 'LoA3'; atSeconds: number }, string]>([
  ['no account', { ...facts, account: undefined }, issued, 'no_account'],
  ['a lock', { ...facts, account: { ...account, grounds: ['self_request'] } }, issued, 'locked'],
  ['never activated', { ...facts, account: { ...account, state: 'granted' } }, issued, 'not_active'],
  ['ended', { ...facts, account: { ...account, state: 'ended' } }, issued, 'not_active'],
  ['level fell', { ...facts, account: { ...account, level: '01' } }, issued, 'level_too_low'],
  [
    'minimum rose',
    { ...facts, account: { ...account, level: '01' }, portal: { ...portal, minimumAcr: 'LoA2' } },
    { ...issued, acr: 'LoA1' },
    'level_too_low',
  ],
  ['issued before the password changed', facts, { ...issued, atSeconds: 999 }, 'credentials_changed'],
  ['portal disabled', { ...facts, portal: { ...portal, disabled: true } }, issued, 'portal_disabled'],
  ['portal unknown', { ...facts, portal: undefined }, issued, 'portal_disabled'],
  ['consent withdrawn', { ...facts, decisions: [] }, issued, 'consent_withdrawn'],
  ['consent for an older purpose', { ...facts, decisions: [allow('sub', 'allow', 1)] }, issued, 'consent_withdrawn'],
])('refused: %s', (_why, given, what, reason) => {
  expect(mayAnswer(given, what)).toEqual({ kind: 'refused', reason });
});

test('consent is asked for what is undecided or required and denied, never twice', () => {
  const asked: ClaimName[] = ['name', 'birthdate', 'birthdate_precision', 'national_id'];
  expect(missingConsent(portal, asked, [])).toEqual(['sub', 'name', 'birthdate']);
  expect(missingConsent(portal, asked, [allow('sub'), allow('name', 'deny'), allow('birthdate', 'deny')])).toEqual([
    'name',
  ]);
  expect(missingConsent(portal, asked, [allow('sub'), allow('name'), allow('birthdate', 'deny')])).toEqual([]);
  expect(missingConsent({ ...portal, firstParty: true }, asked, [])).toEqual([]);
});

test('required claims come with an allow, optional ones only with their tick', () => {
  const decided = answerConsent(portal, ['sub', 'name', 'birthdate'], []);
  expect(decided.map(({ decision }) => decision)).toEqual(['allow', 'allow', 'deny']);
});

test('a portal is never given a claim that was not agreed with it, or not allowed by the person', () => {
  const anyDecision = fc.record({
    claim: fc.constantFrom<ConsentDecision['claim']>('sub', ...CLAIM_NAMES),
    decision: fc.constantFrom('allow' as const, 'deny' as const),
    purposeVersion: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(anyDecision, { selector: (d) => `${d.claim}${d.purposeVersion}` }), (decisions) =>
      allowedClaims(portal, decisions).every(
        (name) =>
          portal.claims.some((claim) => claim.name === decidedBy(name)) &&
          decisions.some((d) => d.claim === decidedBy(name) && d.decision === 'allow' && d.purposeVersion === 2),
      ),
    ),
  );
});
