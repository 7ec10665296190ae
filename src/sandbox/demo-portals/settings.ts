import { DEMO_PORTALS, type DemoPortal } from './registration.ts';

export interface Settings {
  readonly portal: DemoPortal;
  readonly port: number;
  readonly origin: string;
  readonly issuer: string;
  /** The client secret, or the private key (JWK as JSON) of a portal that signs. */
  readonly credential: string;
}

/** The portal's settings from its environment; throws one sentence that names what is missing. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const { PORTAL_ID, PORTAL_PORT, ISSUER, PORTAL_CREDENTIAL } = env;
  const portal = DEMO_PORTALS.find(({ id }) => id === PORTAL_ID);
  const port = Number(PORTAL_PORT);
  if (!portal) throw new Error(`PORTAL_ID must be one of ${DEMO_PORTALS.map(({ id }) => id).join(', ')}`);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('PORTAL_PORT must be a port');
  if (!ISSUER || !URL.canParse(ISSUER)) throw new Error('ISSUER must be the address of the provider');
  if (!PORTAL_CREDENTIAL) throw new Error('PORTAL_CREDENTIAL must be the secret or the private key of this portal');
  return { portal, port, origin: `http://localhost:${port}`, issuer: ISSUER, credential: PORTAL_CREDENTIAL };
}
