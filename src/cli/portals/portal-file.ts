import { z } from 'zod';
import { ACR_VALUES } from '../../assurance/assurance-level.ts';
import type { PortalId } from '../../kernel/ids.ts';
import { OperatorError } from '../../kernel/operator-error.ts';
import { CLAIM_NAMES, decidedBy } from '../../portals/claim.ts';
import type { Portal } from '../../portals/portal.ts';
import { mayRegisterAddress } from '../../provider/clients/redirect-address.policy.ts';

/** A portal out of its file, still without the secret that is made for it. */
export interface PortalDraft {
  readonly portal: Portal;
  readonly needsSecret: boolean;
}

/**
 * The portal that the JSON of `text` describes. `loopback`: http to this machine is an address too. Throws OperatorError
 * naming everything wrong with the file.
 */
export function parsePortalFile(text: string, options: { loopback: boolean }): PortalDraft {
  const parsed = portalFile(options).safeParse(json(text));
  if (parsed.success) return draft(parsed.data);
  const wrong = parsed.error.issues.map(({ path, message }) => `  - ${path.join('.') || 'the file'}: ${message}`);
  throw new OperatorError(`The portal cannot be added:\n${wrong.join('\n')}`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OperatorError('The portal cannot be added: the file is not JSON.');
  }
}

const said = z.strictObject({ vi: z.string().min(1).max(200), en: z.string().min(1).max(200) });
// what follows another claim is never agreed by itself
const agreedClaims = CLAIM_NAMES.filter((name) => decidedBy(name) === name);
// a private half would be a secret of the portal lying here
const publicKey = z.looseObject({
  kty: z.literal('EC'),
  kid: z.string().min(1),
  d: z.never('a private key must not be here').optional(),
});

function portalFile({ loopback }: { loopback: boolean }) {
  const address = z.string().superRefine((value, ctx) => {
    const decision = mayRegisterAddress(value, { loopback });
    if (decision.kind === 'refused') ctx.addIssue(`this address may not be registered (${decision.fault})`);
  });
  return z
    .strictObject({
      portal_id: z.string().regex(/^[a-z][a-z0-9-]{2,63}$/, 'small letters, digits and hyphens, 3 to 64'),
      name: said,
      authority: said,
      purpose: said,
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
      metadata,
    },
  };
}
