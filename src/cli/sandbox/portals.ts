import type { SandboxPlan } from '../../config/sandbox-plan.ts';
import { demoPortalCredentials } from '../../sandbox/demo-portal-credentials.ts';
import { DEMO_PORTALS } from '../../sandbox/demo-portals/registration.ts';
import type { PortalPlace } from './programs.ts';

/** Each demo portal with its port and its own credential, made in `keysDir` at the first start. */
export function portalPlaces({ portalPorts }: SandboxPlan, keysDir: string): PortalPlace[] {
  const credentials = demoPortalCredentials(keysDir);
  return portalPorts.flatMap((port, i) => {
    const portal = DEMO_PORTALS[i];
    return portal ? [{ id: portal.id, port, credential: credentials[portal.id] }] : [];
  });
}

/** Names and addresses for the start screen. */
export const portalLinks = ({ portalPorts }: SandboxPlan) =>
  portalPorts.map((port, i) => ({ name: DEMO_PORTALS[i]?.name.vi ?? '', url: `http://localhost:${port}` }));
