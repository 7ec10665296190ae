/** A demo portal as the authority agreed with it. Data only: the sandbox registers it, the portal's own program reads it. */
export interface DemoPortal {
  readonly id: 'dich-vu-cong' | 'bao-hiem-y-te' | 'dat-dai';
  readonly name: Said;
  readonly authority: Said;
  readonly purpose: Said;
  /** Number of the written agreement. */
  readonly agreement: string;
  readonly wants: 'LoA1' | 'LoA2' | 'LoA3';
  readonly auth: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** Sends its requests by the back door (RFC 9126). */
  readonly pushes: boolean;
  readonly scope: string;
  readonly claims: readonly { readonly name: DemoClaim; readonly required: boolean }[];
}

export interface Said {
  readonly vi: string;
  readonly en: string;
}

type DemoClaim =
  'name' | 'birthdate' | 'gender' | 'national_id' | 'phone_number' | 'email' | 'address' | 'organisation';

const must = (name: DemoClaim) => ({ name, required: true });
const may = (name: DemoClaim) => ({ name, required: false });

/** In the order of their ports. */
export const DEMO_PORTALS: readonly DemoPortal[] = [
  {
    id: 'dich-vu-cong',
    name: { vi: 'Cổng dịch vụ công', en: 'Public service portal' },
    authority: { vi: 'Cơ quan dịch vụ công (thử nghiệm)', en: 'Public service office (test)' },
    purpose: { vi: 'Nộp và theo dõi hồ sơ trực tuyến', en: 'To file applications online and follow them' },
    agreement: 'TT-2026/01',
    wants: 'LoA1',
    auth: 'client_secret_basic',
    pushes: false,
    scope: 'openid profile national_id phone organisation',
    claims: [
      must('name'),
      must('national_id'),
      may('birthdate'),
      may('gender'),
      may('phone_number'),
      may('organisation'),
    ],
  },
  {
    id: 'bao-hiem-y-te',
    name: { vi: 'Bảo hiểm y tế', en: 'Health insurance' },
    authority: { vi: 'Cơ quan bảo hiểm y tế (thử nghiệm)', en: 'Health insurance office (test)' },
    purpose: { vi: 'Xem thẻ và quá trình tham gia bảo hiểm y tế', en: 'To see the insurance card and its history' },
    agreement: 'TT-2026/02',
    wants: 'LoA2',
    auth: 'client_secret_post',
    pushes: false,
    scope: 'openid profile national_id address',
    claims: [must('name'), must('birthdate'), must('national_id'), may('gender'), may('address')],
  },
  {
    id: 'dat-dai',
    name: { vi: 'Đất đai', en: 'Land registry' },
    authority: { vi: 'Cơ quan đăng ký đất đai (thử nghiệm)', en: 'Land registry office (test)' },
    purpose: { vi: 'Xem và ký hồ sơ quyền sử dụng đất', en: 'To see and sign land use records' },
    agreement: 'TT-2026/03',
    wants: 'LoA3',
    auth: 'private_key_jwt',
    pushes: true,
    scope: 'openid profile national_id address email',
    claims: [must('name'), must('national_id'), must('birthdate'), may('address'), may('email')],
  },
];

/** What the provider is told of a portal that answers at `origin`; the secret or key is added by who registers it. */
export const registrationOf = (portal: DemoPortal, origin: string): Readonly<Record<string, unknown>> => ({
  redirect_uris: [`${origin}/callback`],
  post_logout_redirect_uris: [`${origin}/signed-out`],
  backchannel_logout_uri: `${origin}/backchannel-logout`,
  backchannel_logout_session_required: true,
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: portal.auth,
  ...(portal.auth === 'private_key_jwt' && { token_endpoint_auth_signing_alg: 'ES256' }),
  id_token_signed_response_alg: 'ES256',
  require_pushed_authorization_requests: portal.pushes,
});
