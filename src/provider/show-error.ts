import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { RequestError, type RequestErrorCode } from '../http/request-error.ts';

/**
 * Hands what went wrong, and may not go back to the portal, to the house's one error boundary. Throws always: a RequestError
 * for the sender's faults, else the error itself.
 */
export function showError(ctx: KoaContextWithOIDC, error: Error & { expose?: boolean }): never {
  if (error.expose !== true) throw error;
  throw new RequestError(codeOf(ctx, error));
}

// the library names the parameter at fault in its description alone
function codeOf({ oidc }: KoaContextWithOIDC, error: Error & { error_description?: string }): RequestErrorCode {
  const { constructor, error_description: description = '' } = error;
  if (constructor.name === 'SessionNotFound') return 'interaction_gone';
  if (error instanceof errors.InvalidRedirectUri) return 'return_address_unknown';
  if (description.includes('post_logout_redirect_uri')) return 'return_address_unknown';
  if (description.includes('id_token_hint')) return 'sign_in_not_recognised';
  if (description.includes('redirect_uri') && oidc.params?.['redirect_uri'] === undefined)
    return 'return_address_missing';
  return 'malformed_request';
}
