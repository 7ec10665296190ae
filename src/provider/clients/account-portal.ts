import type { PortalId } from '../../kernel/ids.ts';
import type { Portal } from '../../portals/portal.ts';
import { generateClientSecret, hashClientSecret } from './client-secret.ts';

/**
 * The citizen's own account pages as a portal of this house. They ask for a sign-in (`response_type=none`) and read the
 * session; no code or token is ever issued to them, so their secret is thrown away.
 */
export const accountPortal = (issuer: string): Portal => ({
  portalId: 'account' as PortalId,
  name: { vi: 'Tài khoản của tôi', en: 'My account' },
  authority: { vi: 'Danh Tính', en: 'Danh Tính' },
  purpose: { vi: 'Xem và quản lý tài khoản định danh', en: 'See and manage your identity account' },
  purposeVersion: 1,
  minimumAcr: 'LoA1',
  claims: [],
  sector: new URL(issuer).host,
  homeUrl: `${issuer}/account`,
  firstParty: true,
  dynamic: false,
  disabled: false,
  metadata: {
    redirect_uris: [`${issuer}/account/signed-in`],
    post_logout_redirect_uris: [`${issuer}/account`],
    response_types: ['none'],
    grant_types: [],
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret: hashClientSecret(generateClientSecret()),
  },
});
