import { z } from 'zod';
import { ACR_VALUES } from '../../assurance/assurance-level.ts';
import type { PortalId } from '../../kernel/ids.ts';
import { CLAIM_NAMES, decidedBy } from '../../portals/claim.ts';
import type { Portal } from '../../portals/portal.ts';
import { mayRegisterAddress } from './redirect-address.policy.ts';

/** A portal out of its file, still without the secret that is made for it. */
export interface PortalDraft {
  readonly portal: Portal;
  readonly needsSecret: boolean;
}

/** One thing wrong with a portal's file: where (`redirect_uris.0`; empty for the whole), and what, for who wrote the file. */
export interface PortalFileFault {
  readonly at: string;
  readonly what: string;
}

export type PortalFileReading =
  | { readonly kind: 'read'; readonly draft: PortalDraft }
  | { readonly kind: 'refused'; readonly faults: readonly PortalFileFault[] };

/**
 * The portal that the JSON of `text` describes, or everything wrong with it. `loopback`: http to this machine is an address
 * too. `today`: ISO 8601; nothing was signed after it. One rule for the operator's command and the console.
 */
export function readPortalFile(text: string, rules: PortalFileRules): PortalFileReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'refused', faults: [{ at: '', what: 'is not JSON' }] };
  }
  const parsed = portalFile(rules).safeParse(json);
  if (parsed.success) return { kind: 'read', draft: draft(parsed.data) };
  const faults = parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), what: message }));
  return { kind: 'refused', faults };
}

interface PortalFileRules {
  readonly loopback: boolean;
  readonly today: string;
}

const words = z.string().trim().min(1).max(200);
const said = z.strictObject({ vi: words, en: words });
/** The id of our own pages (account-portal). */
const RESERVED = ['account'];
/** Decree 69/2024 art. 18: the level of information-system security that a portal must have. */
const LEAST_SECURITY_LEVEL = 3;
// what follows another claim is never agreed by itself
const agreedClaims = CLAIM_NAMES.filter((name) => decidedBy(name) === name);
// a private half would be a secret of the portal lying here
const publicKey = z.looseObject({
  kty: z.literal('EC'),
  kid: z.string().min(1),
  d: z.never('a private key must not be here').optional(),
});

function portalFile({ loopback, today }: PortalFileRules) {
  const address = z.string().superRefine((value, ctx) => {
    const decision = mayRegisterAddress(value, { loopback });
    if (decision.kind === 'refused') ctx.addIssue(`this address may not be registered (${decision.fault})`);
  });
  return z
    .strictObject({
      portal_id: z
        .string()
        .regex(/^[a-z][a-z0-9-]{2,63}$/, 'small letters, digits and hyphens, 3 to 64')
        .refine((id) => !RESERVED.includes(id), 'is the id of our own pages'),
      name: said,
      authority: said,
      purpose: said,
      agreement: z.strictObject({
        number: z
          .string()
          .regex(/^[\p{L}\d][\p{L}\d ./-]{0,59}$/u, 'letters, digits, blanks, full stops, slashes and hyphens'),
        signed_on: z.iso.date().refine((day) => day <= today, 'is a day to come'),
        security_level: z.int().min(LEAST_SECURITY_LEVEL).max(5),
      }),
      purpose_version: z.int().min(1).default(1),
      minimum_acr: z.enum(ACR_VALUES),
      claims: z.array(z.strictObject({ name: z.enum(agreedClaims), required: z.boolean() })),
      sector: z
        .string()
        .regex(/^[a-z0-9.-]+$/, 'must be a host name')
        .optional(),
      home_url: address,
      redirect_uris: z.array(address).min(1),
      post_logout_redirect_uris: z.array(address).default([]),
      backchannel_logout_uri: address.optional(),
      token_endpoint_auth_method: z.enum(['private_key_jwt', 'client_secret_basic', 'client_secret_post']),
      jwks: z.strictObject({ keys: z.array(publicKey).min(1) }).optional(),
      logo_uri: address.optional(),
      policy_uri: address.optional(),
      tos_uri: address.optional(),
      refresh_tokens: z.boolean().default(false),
      require_pushed_authorization_requests: z.boolean().default(false),
    })
    .superRefine((file, ctx) => {
      const signs = file.token_endpoint_auth_method === 'private_key_jwt';
      if (signs !== (file.jwks !== undefined)) {
        ctx.addIssue({ code: 'custom', path: ['jwks'], message: 'goes with private_key_jwt, and only with it' });
      }
      // OpenID Connect Core 8.1: with several hosts nobody can tell which one names the sector
      if (!file.sector && new Set(file.redirect_uris.map((uri) => URL.parse(uri)?.host)).size > 1) {
        ctx.addIssue({
          code: 'custom',
          path: ['sector'],
          message: 'must be given when redirect_uris have several hosts',
        });
      }
    });
}

function draft(file: z.infer<ReturnType<typeof portalFile>>): PortalDraft {
  const metadata = {
    redirect_uris: file.redirect_uris,
    post_logout_redirect_uris: file.post_logout_redirect_uris,
    ...(file.backchannel_logout_uri && {
      backchannel_logout_uri: file.backchannel_logout_uri,
      backchannel_logout_session_required: true,
    }),
    response_types: ['code'],
    grant_types: ['authorization_code', ...(file.refresh_tokens ? ['refresh_token'] : [])],
    token_endpoint_auth_method: file.token_endpoint_auth_method,
    ...(file.jwks && { jwks: file.jwks, token_endpoint_auth_signing_alg: 'ES256' }),
    id_token_signed_response_alg: 'ES256',
    require_pushed_authorization_requests: file.require_pushed_authorization_requests,
    ...(file.logo_uri && { logo_uri: file.logo_uri }),
    ...(file.policy_uri && { policy_uri: file.policy_uri }),
    ...(file.tos_uri && { tos_uri: file.tos_uri }),
  };
  return {
    needsSecret: file.jwks === undefined,
    portal: {
      portalId: file.portal_id as PortalId,
      name: file.name,
      authority: file.authority,
      purpose: file.purpose,
      purposeVersion: file.purpose_version,
      minimumAcr: file.minimum_acr,
      claims: file.claims,
      sector: file.sector ?? new URL(file.redirect_uris[0] ?? '').host,
      homeUrl: file.home_url,
      firstParty: false,
      dynamic: false,
      disabled: false,
      agreement: {
        number: file.agreement.number,
        signedOn: file.agreement.signed_on,
        securityLevel: file.agreement.security_level,
      },
      metadata,
    },
  };
}
