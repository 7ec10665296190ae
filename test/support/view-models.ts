import type { Views } from '../../src/http/page.ts';
import { SIGNED_OUT_WHY } from '../../src/self-service/account-session.routes.ts';
import { SHOWN_KINDS } from '../../src/self-service/history.ts';
import { consoleExamples } from './console-view-models.ts';
import { careExamples } from './care-view-models.ts';
import { example, type Example } from './example.ts';
import { organisationExamples } from './organisation-view-models.ts';

export type { Example };

const HISTORY_EVENTS = SHOWN_KINDS.map((kind) => kind.replace('.', '_'));
/** Every event once, no page longer than pages are. */
const HISTORY_PAGES = { 'two-days': HISTORY_EVENTS.slice(0, 30), 'two-more-days': HISTORY_EVENTS.slice(30) };

export const SHORT = 'Y';
export const LONG = 'Nguyễn Hoàng Phương Trần Thị Khánh Nguyệt Quỳnh Thương';
const LONG_PORTAL = 'Hệ thống thông tin giải quyết thủ tục hành chính tỉnh Bà Rịa – Vũng Tàu và đặc khu Côn Đảo';

const at = new Date('2026-08-14T07:05:00Z');
const request = {
  challenge: 'c2FtcGxlLWNoYWxsZW5nZQ',
  rpId: 'localhost',
  userVerification: 'required',
  timeout: 60000,
};
const creation = {
  challenge: 'c2FtcGxlLWNoYWxsZW5nZQ',
  rp: { id: 'localhost', name: 'Danh Tính' },
  user: { id: 'c3ViamVjdA', name: 'an', displayName: 'an' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
};
const sms = { kind: 'sms_code', maskedPhone: '••• ••• 678' } as const;
const totp = { kind: 'totp' } as const;

/** Every view in every state, each echoed value being `value`, each portal's name `portalName`. */
export function examples(value = LONG, portalName = LONG_PORTAL): Example[] {
  const name = { vi: portalName, en: portalName };
  const said = { vi: value, en: value };
  const visit = { base: '/interaction/V1StGXR8_Z5jdHi6B-myT', portal: { name } };
  const introduced = {
    ...visit,
    portal: {
      name,
      logo: `${'A'.repeat(43)}.png`,
      policyUrl: 'https://portal.example/policy',
      termsUrl: 'https://portal.example/terms',
    },
  };
  const who = { ...visit, maskedNationalId: '079 ••• ••• 234' };
  const wrong = (code: string, field?: string, values?: Record<string, string | number | Date>) => ({
    errors: [{ code, ...(field && { field }), ...(values && { values }) }],
  });
  const item = (claim: string, kind: 'text' | 'date' | 'number' | 'phone' | 'word', shown: string, rest = {}) => ({
    claim,
    kind,
    value: shown,
    sensitive: false,
    required: true,
    ...rest,
  });
  const optional = { required: false };
  const values = {
    national_id: value,
    full_name: value,
    birth_day: '31',
    birth_month: '2',
    birth_year: '1990',
    issued_day: '',
    issued_month: '',
    issued_year: '',
    phone: value,
  };
  const passkeys = [
    { credentialId: 'AbC+/=', name: value, createdAt: at, lastUsedAt: at, synced: true },
    { credentialId: 'dEf', name: 'YubiKey', createdAt: at, synced: false },
  ];
  const unavailable = (state: string, reason: Views['sign-in/unavailable']['reason']) =>
    example('sign-in/unavailable', state, { ...visit, reason, wanted: 'LoA3', accountUrl: '/account' });

  return [
    ...consoleExamples(value, request, creation),
    ...organisationExamples(value),
    example('sign-in/identify', 'plain', { ...visit, passkey: request, registerUrl: '/register' }),
    example('sign-in/identify', 'introduced', { ...introduced, passkey: request, registerUrl: '/register' }),
    example('sign-in/identify', 'wrong', {
      ...visit,
      nationalId: value,
      passkey: request,
      ...wrong('national_id_malformed', 'national_id'),
    }),
    example('sign-in/password', 'plain', { ...who, passkey: request }),
    example('sign-in/password', 'wrong', { ...who, passkey: request, ...wrong('sign_in_rejected', 'password') }),
    example('sign-in/password', 'busy', { ...who, ...wrong('busy', undefined, { seconds: 5 }) }),
    example('sign-in/password', 'locked', { ...who, passkey: request, lockedUntil: at }),
    example('sign-in/second-factor', 'plain', { ...who, ways: [totp, sms], passkey: request }),
    example('sign-in/code', 'sms', {
      ...who,
      way: sms,
      resendAfterSeconds: 45,
      otherWays: [totp],
      passkey: request,
    }),
    example('sign-in/code', 'sms-blind-wrong', {
      ...who,
      way: { kind: 'sms_code' },
      resendAfterSeconds: 0,
      otherWays: [],
      ...wrong('code_expired', 'code'),
    }),
    example('sign-in/code', 'too-many', {
      ...who,
      way: sms,
      otherWays: [totp],
      ...wrong('resend_too_many', undefined, { until: at }),
    }),
    example('sign-in/code', 'totp', { ...who, way: totp, otherWays: [] }),
    example('sign-in/code', 'locked', { ...who, way: totp, lockedUntil: at, otherWays: [sms] }),
    example('sign-in/passkey', 'plain', { ...who, passkey: request, otherWays: [{ kind: 'password' }] }),
    example('sign-in/passkey', 'rejected', { ...who, passkey: request, otherWays: [], ...wrong('passkey_rejected') }),
    example('sign-in/passkey-enrol', 'plain', { ...who, passkey: creation }),
    example('sign-in/guardian', 'plain', {
      ...who,
      guardianName: value,
      maskedPhone: sms.maskedPhone,
      passkey: request,
    }),
    example('sign-in/guardian', 'sent', {
      ...who,
      guardianName: value,
      maskedPhone: sms.maskedPhone,
      passkey: request,
      resendAfterSeconds: 45,
    }),
    example('sign-in/guardian', 'wrong', {
      ...who,
      guardianName: value,
      maskedPhone: sms.maskedPhone,
      resendAfterSeconds: 0,
      ...wrong('code_rejected', 'code'),
    }),
    example('sign-in/guardian', 'locked', {
      ...who,
      guardianName: value,
      maskedPhone: sms.maskedPhone,
      lockedUntil: at,
      resendAfterSeconds: 0,
    }),
    example('sign-in/guardian', 'passkey-only', { ...who, guardianName: value, passkey: request }),
    example('sign-in/consent', 'acting', {
      ...visit,
      authority: said,
      verified: true,
      purpose: { vi: 'Giải quyết thủ tục hành chính quý vị nộp', en: 'Handling the procedures you file' },
      items: [],
      withdrawUrl: '/account/consents',
      acting: [
        { name: value, taxNumber: '9900000011' },
        { name: value, taxNumber: '9900000011-001' },
      ],
      ...wrong('acting_for_missing', 'acting_for'),
    }),
    example('sign-in/consent', 'plain', {
      ...visit,
      authority: said,
      verified: true,
      purpose: { vi: 'Giải quyết thủ tục hành chính quý vị nộp', en: 'Handling the procedures you file' },
      items: [
        item('name', 'text', value),
        item('birthdate', 'date', '1990-08-14'),
        item('gender', 'word', 'female'),
        item('national_id', 'number', '079190001234'),
        item('phone_number', 'phone', '+84912345678', optional),
        item('email', 'text', value, optional),
        item('address', 'text', value, { required: false, sensitive: true }),
      ],
      withdrawUrl: '/account/consents',
    }),
    example('sign-in/consent', 'required-only', {
      ...introduced,
      authority: said,
      verified: false,
      purpose: said,
      items: [item('name', 'text', value, { sensitive: true }), item('birthdate', 'date', '1947')],
      withdrawUrl: '/account/consents',
    }),
    unavailable('level', { kind: 'account_level_too_low' }),
    unavailable('account-locked', { kind: 'account_locked' }),
    unavailable('not-active', { kind: 'account_not_active' }),
    unavailable('ended', { kind: 'account_ended' }),
    unavailable('guardian-missing', { kind: 'guardian_missing' }),
    unavailable('guardian', { kind: 'guardian_unavailable' }),
    unavailable('passkey', { kind: 'authenticator_missing', needs: 'passkey' }),
    unavailable('totp', { kind: 'authenticator_missing', needs: 'totp' }),
    unavailable('locked-out', { kind: 'locked_out', until: at }),
    unavailable('portal-disabled', { kind: 'portal_disabled' }),
    example('sign-in/sign-out', 'plain', { action: '/session/end/confirm', xsrf: 'x' }),
    example('sign-in/sign-out', 'portal', { action: '/session/end/confirm', xsrf: 'x', portal: { name } }),
    example('sign-in/signed-out', 'plain', {}),
    example('sign-in/signed-out', 'portal', { portal: { name, url: 'http://localhost:4001/' } }),
    example('error', 'gone', { code: 'interaction_gone', restartUrl: '/account', portal: { name, url: '/' } }),
    example('error', 'too-many', { code: 'too_many_requests', retryAfterSeconds: 1 }),
    example('error', 'busy', { code: 'busy', retryAfterSeconds: 20, restartUrl: '/account' }),
    example('error', 'defect', { code: 'defect', incident: 'K7M4-92QX', portal: { name, url: '/' } }),
    example('self-service/register', 'plain', { signInUrl: '/account' }),
    example('self-service/register', 'wrong', {
      values,
      signInUrl: '/account',
      errors: [
        { code: 'national_id_malformed', field: 'national_id' },
        { code: 'full_name_malformed', field: 'full_name' },
        { code: 'birth_date_malformed', field: 'birth_date' },
        { code: 'card_issued_on_missing', field: 'card_issued_on' },
        { code: 'phone_malformed', field: 'phone' },
      ],
    }),
    example('self-service/register', 'registry-down', {
      values,
      signInUrl: '/account',
      ...wrong('registry_unavailable'),
    }),
    example('self-service/register-code', 'plain', { maskedPhone: '••• ••• 678', resendAfterSeconds: 1 }),
    example('self-service/register-code', 'wrong', {
      maskedPhone: '••• ••• 678',
      resendAfterSeconds: 0,
      ...wrong('code_rejected', 'code'),
    }),
    example('self-service/register-password', 'plain', { maskedNationalId: '079 ••• ••• 234' }),
    example('self-service/register-password', 'wrong', {
      maskedNationalId: '079 ••• ••• 234',
      ...wrong('password_breached', 'password'),
    }),
    example('self-service/register-done', 'portal', { continueUrl: '/interaction/visit-0000', toSignIn: true }),
    example('self-service/register-done', 'plain', { continueUrl: '/account', toSignIn: false }),
    example('self-service/register-neutral', 'plain', { signInUrl: '/account' }),
    example('self-service/activate', 'plain', {}),
    example('self-service/activate', 'wrong', {
      values: { national_id: value },
      ...wrong('national_id_malformed', 'national_id'),
    }),
    example('self-service/activate-code', 'plain', { resendAfterSeconds: 1 }),
    example('self-service/activate-code', 'wrong', { resendAfterSeconds: 0, ...wrong('code_rejected', 'code') }),
    example('self-service/activate-password', 'new', { maskedNationalId: '079 ••• ••• 234', kind: 'new' }),
    example('self-service/activate-password', 'dependant', { maskedNationalId: '079 ••• ••• 234', kind: 'dependant' }),
    example('self-service/activate-password', 'known', {
      maskedNationalId: '079 ••• ••• 234',
      kind: 'known',
      ...wrong('password_wrong', 'password'),
    }),
    example('self-service/activate-factor', 'plain', { passkey: creation }),
    example('self-service/activate-app', 'plain', {
      secret: 'JBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/x?secret=JBSWY3DP',
    }),
    example('self-service/activate-done', 'plain', { level: '02', isDependants: false }),
    example('self-service/activate-done', 'dependant', { level: '01', isDependants: true }),
    example('self-service/activate-neutral', 'plain', {}),
    example('self-service/home', 'level-01', {
      fullName: value,
      maskedNationalId: '079 ••• ••• 234',
      level: '01',
      authenticators: { password: true, totp: false, passkeys: 0 },
      portals: 0,
    }),
    example('self-service/home', 'level-02', {
      fullName: value,
      maskedNationalId: '079 ••• ••• 234',
      level: '02',
      lastSignIn: { at, portal: name },
      authenticators: { password: true, totp: true, passkeys: 2 },
      portals: 1,
    }),
    example('self-service/authenticators', 'none', { password: true, passkeys: [] }),
    example('self-service/authenticators', 'all', {
      password: true,
      totp: { enrolledAt: at },
      passkeys,
      done: 'passkey_added',
    }),
    example('self-service/add-passkey', 'plain', { passkey: creation }),
    example('self-service/add-passkey', 'wrong', { passkey: creation, ...wrong('passkey_name_malformed', 'name') }),
    example('self-service/add-totp', 'plain', {
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Danh%20T%C3%ADnh:079190001234?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Danh%20T%C3%ADnh',
    }),
    example('self-service/confirm-remove', 'passkey', { kind: 'passkey', credentialId: 'AbC+/=', name: value }),
    example('self-service/confirm-remove', 'totp', { kind: 'totp' }),
    example('self-service/confirm-remove', 'last', { kind: 'totp', refused: 'last_factor' }),
    example('self-service/authenticators', 'full', {
      password: true,
      passkeys,
      ...wrong('passkey_too_many'),
    }),
    example('self-service/change-password', 'plain', {}),
    example('self-service/change-password', 'wrong', wrong('password_too_short', 'password')),
    example('self-service/history', 'none', { days: [] }),
    ...Object.entries(HISTORY_PAGES).map(([page, events]) =>
      example('self-service/history', page, {
        days: [
          {
            day: at,
            entries: [
              { at, event: 'sign_in_completed', portal: name, way: 'passkey', unusual: false },
              { at, event: 'password_rejected', unusual: true },
            ],
          },
          {
            day: new Date('2026-08-13T07:05:00Z'),
            entries: events.map((event) => ({
              at,
              event,
              portal: name,
              way: 'totp',
              ground: 'passport_expired',
              unusual: false,
              office: said,
              reason: 'case',
              document: 'TK03-2026/17',
            })),
          },
        ],
        olderUrl: '/account/history?before=2026-08-13T07%3A05%3A00.000Z',
      }),
    ),
    example('self-service/sign-out-everywhere', 'plain', {}),
    ...SIGNED_OUT_WHY.map((why) => example('self-service/signed-out', why, { why })),
    ...(['passkey', 'totp', 'sms_code'] as const).map((by) =>
      example('self-service/step-up', by, { by, continueUrl: '/account/totp/add' }),
    ),
    ...[true, false].map((hasPasskey) =>
      example('self-service/lock-account', hasPasskey ? 'passkey' : 'no-passkey', { hasPasskey }),
    ),
    example('self-service/lock-by-link', 'plain', { action: '/lock/AbCdEfGhIjKlMnOpQrStUv' }),
    example('self-service/lock-link-gone', 'plain', {}),
    example('self-service/locked', 'plain', {}),
    example('self-service/unlock', 'plain', { passkey: request }),
    example('self-service/unlock', 'rejected', { passkey: request, ...wrong('unlock_rejected') }),
    ...(['opened', 'still_locked', 'not_locked'] as const).map((outcome) =>
      example('self-service/unlocked', outcome, { outcome }),
    ),
    ...careExamples(value),
    example('self-service/consents', 'none', { consents: [], withdrawn: name }),
    example('self-service/consents', 'two', {
      consents: ['a', 'b'].map((portalId) => ({
        portalId,
        portal: name,
        authority: said,
        purpose: said,
        claims: ['name', 'birthdate', 'national_id'],
        givenAt: at,
      })),
    }),
    example('sandbox/home', 'plain', {
      household: {
        guardian: value,
        nationalId: '079085000002',
        children: [{ fullName: value, nationalId: '079315000016', note: said }],
      },
      portals: [
        { name: { vi: 'Cổng dịch vụ công', en: 'Public service portal' }, url: 'http://localhost:4001', wants: 'LoA1' },
        { name: { vi: 'Bảo hiểm y tế', en: 'Health insurance' }, url: 'http://localhost:4002', wants: 'LoA2' },
        { name: { vi: 'Đất đai', en: 'Land' }, url: 'http://localhost:4003', wants: 'LoA3' },
      ],
      people: [
        {
          nationalId: '079203001234',
          fullName: value,
          password: 'thử nghiệm 2026',
          totpSecret: 'JBSWY3DPEHPK3PXP',
          totpCode: '123456',
          phone: '+84912345678',
          passkey: true,
          note: said,
        },
        { nationalId: '001301005678', fullName: 'Trần An', passkey: false, note: said },
      ],
      newcomer: {
        nationalId: '024095001122',
        fullName: value,
        birthDate: '1995-03-02',
        cardIssuedOn: '2022-11-30',
        phone: '+84987654321',
      },
    }),
    example('sandbox/outbox', 'some', {
      to: '+84912345678',
      messages: [
        { to: '+84912345678', channel: 'sms', text: `483920 là mã đăng nhập ${value}.\n@localhost #483920`, at },
        { to: value, channel: 'email', text: value, at },
      ],
    }),
    example('sandbox/outbox', 'empty', { messages: [] }),
  ];
}
