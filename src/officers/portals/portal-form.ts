import type { FieldError } from '../../http/page.ts';
import { CLAIM_NAMES, decidedBy, type ClaimName } from '../../portals/claim.ts';
import type { Portal } from '../../portals/portal.ts';
import type { PortalFileFault } from '../../provider/clients/portal-file.ts';

/** What is agreed by itself; the rest follows. */
export const AGREED_CLAIMS = CLAIM_NAMES.filter((name) => decidedBy(name) === name);
const claimField = (name: ClaimName) => `claim_${name}`;
const TEXTS = [
  'portal_id',
  'name_vi',
  'name_en',
  'authority_vi',
  'authority_en',
  'purpose_vi',
  'purpose_en',
  'purpose_version',
  'agreement_number',
  'agreement_signed_on',
  'security_level',
  'minimum_acr',
  'home_url',
  'redirect_uris',
  'post_logout_redirect_uris',
  'backchannel_logout_uri',
  'sector',
  'token_endpoint_auth_method',
  'jwks',
  'logo_uri',
  'policy_uri',
  'tos_uri',
  'refresh_tokens',
  'require_pushed_authorization_requests',
] as const;

export const PORTAL_FIELDS: readonly string[] = [...TEXTS, ...AGREED_CLAIMS.map(claimField)];
export type PortalFormValues = Readonly<Record<string, string>>;

export const EMPTY_FORM: PortalFormValues = {
  ...Object.fromEntries(PORTAL_FIELDS.map((name) => [name, ''])),
  purpose_version: '1',
  minimum_acr: 'LoA2',
  security_level: '3',
  token_endpoint_auth_method: 'private_key_jwt',
};

const lines = (text: string) => text.split(/\s+/).filter((line) => line !== '');
const both = (values: PortalFormValues, name: string) => ({ vi: values[`${name}_vi`], en: values[`${name}_en`] });

/** The form as the portal's file: from here on there is one way in. */
export function fileOfForm(values: PortalFormValues): string {
  const given = (name: string) => (values[name] === '' ? undefined : values[name]);
  return JSON.stringify({
    portal_id: values['portal_id'],
    name: both(values, 'name'),
    authority: both(values, 'authority'),
    purpose: both(values, 'purpose'),
    purpose_version: Number(values['purpose_version']),
    agreement: {
      number: values['agreement_number'],
      signed_on: values['agreement_signed_on'],
      security_level: Number(values['security_level']),
    },
    minimum_acr: values['minimum_acr'],
    claims: AGREED_CLAIMS.filter((name) => values[claimField(name)]).map((name) => {
      return { name, required: values[claimField(name)] === 'required' };
    }),
    home_url: values['home_url'],
    redirect_uris: lines(values['redirect_uris'] ?? ''),
    post_logout_redirect_uris: lines(values['post_logout_redirect_uris'] ?? ''),
    backchannel_logout_uri: given('backchannel_logout_uri'),
    sector: given('sector'),
    token_endpoint_auth_method: values['token_endpoint_auth_method'],
    jwks: parsed(values['jwks'] ?? ''),
    logo_uri: given('logo_uri'),
    policy_uri: given('policy_uri'),
    tos_uri: given('tos_uri'),
    refresh_tokens: values['refresh_tokens'] === 'on',
    require_pushed_authorization_requests: values['require_pushed_authorization_requests'] === 'on',
  });
}

/** The same portal in the form, for a change of what was agreed. */
export function formOfPortal(portal: Portal): PortalFormValues {
  const { metadata, agreement } = portal;
  const text = (name: string) => (typeof metadata[name] === 'string' ? metadata[name] : '');
  const list = (name: string) => (Array.isArray(metadata[name]) ? metadata[name].join('\n') : '');
  const claims = portal.claims.map(({ name, required }) => [claimField(name), required ? 'required' : 'optional']);
  return {
    ...EMPTY_FORM,
    ...(Object.fromEntries(claims) as PortalFormValues),
    portal_id: portal.portalId,
    name_vi: portal.name.vi,
    name_en: portal.name.en,
    authority_vi: portal.authority.vi,
    authority_en: portal.authority.en,
    purpose_vi: portal.purpose.vi,
    purpose_en: portal.purpose.en,
    purpose_version: String(portal.purposeVersion),
    ...(agreement && {
      agreement_number: agreement.number,
      agreement_signed_on: agreement.signedOn,
      security_level: String(agreement.securityLevel),
    }),
    minimum_acr: portal.minimumAcr,
    home_url: portal.homeUrl,
    sector: portal.sector,
    redirect_uris: list('redirect_uris'),
    post_logout_redirect_uris: list('post_logout_redirect_uris'),
    backchannel_logout_uri: text('backchannel_logout_uri'),
    token_endpoint_auth_method: text('token_endpoint_auth_method'),
    jwks: metadata['jwks'] === undefined ? '' : JSON.stringify(metadata['jwks'], null, 1),
    logo_uri: text('logo_uri'),
    policy_uri: text('policy_uri'),
    tos_uri: text('tos_uri'),
    refresh_tokens: (metadata['grant_types'] as string[]).includes('refresh_token') ? 'on' : '',
    require_pushed_authorization_requests: metadata['require_pushed_authorization_requests'] === true ? 'on' : '',
  };
}

/** What is not JSON stays the text that it is, for the file's own rule to refuse. */
function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const MEMBERS: Readonly<Record<string, string>> = {
  'agreement.number': 'agreement_number',
  'agreement.signed_on': 'agreement_signed_on',
  'agreement.security_level': 'security_level',
};
const IN_TWO_LANGUAGES = ['name', 'authority', 'purpose'];
/** What of a file has a text of its own: `error.portal_file_<name>`. */
const TOLD = [...IN_TWO_LANGUAGES, 'agreement', 'claims', ...TEXTS.filter((name) => !/_(vi|en)$/.test(name))];

/** Faults of a file as the page says them; `pasted`: all of them stand beside the one field that was pasted into. */
export function errorsOfFaults(faults: readonly PortalFileFault[], { pasted }: { pasted: boolean }): FieldError[] {
  const told = new Map<string, FieldError>();
  for (const { at, what } of faults) {
    const [top = ''] = at.split('.');
    const member = MEMBERS[at] ?? top;
    const known = TOLD.find((name) => name === member);
    const said = IN_TWO_LANGUAGES.includes(top) ? at.replace('.', '_') : member;
    const beside = PORTAL_FIELDS.find((name) => name === said) ?? (top === 'claims' ? 'claims' : undefined);
    const field = pasted ? 'file' : beside;
    const error = known
      ? { code: `portal_file_${known}`, values: { where: at } }
      : { code: 'portal_file_other', values: { where: at || '{}', what } };
    told.set(`${error.code} ${field}`, { ...error, ...(field !== undefined && { field }) });
  }
  return [...told.values()];
}
