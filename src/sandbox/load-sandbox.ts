import { isDeepStrictEqual } from 'node:util';
import type { PortalId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import { listPortals } from '../portals/list-portals.ts';
import type { Portal } from '../portals/portal.ts';
import { registerPortal } from '../portals/register-portal.ts';
import { hashClientSecret } from '../provider/clients/client-secret.ts';
import { demoPortalCredentials, publicJwk } from './demo-portal-credentials.ts';
import { DEMO_PORTALS, registrationOf, type DemoPortal } from './demo-portals/registration.ts';
import { openTestAccount, type TestAccountDeps } from './open-test-account.ts';
import { openTestOrganisation } from './open-test-organisation.ts';
import { TEST_ORGANISATIONS } from './organisations.ts';
import { TEST_PEOPLE } from './people.ts';
import type { DemoPortalLink } from './sandbox.routes.ts';

/**
 * Brings the sandbox's part of the database to what it must be: the demo portals registered at their ports, the test
 * people's accounts and those of test organisations. Run at every start; changes only what is missing or different. Gives back where the portals are.
 */
export async function loadSandbox(
  deps: TestAccountDeps,
  options: { keysDir: string; portalPorts: readonly number[] },
): Promise<DemoPortalLink[]> {
  const credentials = demoPortalCredentials(options.keysDir);
  const registered = await listPortals(deps);
  const links: DemoPortalLink[] = [];
  for (const [index, demo] of DEMO_PORTALS.entries()) {
    const port = options.portalPorts[index];
    if (port === undefined) continue;
    const portal = portalOf(demo, `http://localhost:${port}`, credentials[demo.id]);
    const before = registered.find(({ portalId }) => portalId === portal.portalId);
    if (!before?.disabled && !isDeepStrictEqual(agreedWith(before), portal))
      await registerPortal(deps, portal, 'sandbox');
    links.push({ name: demo.name, url: portal.homeUrl, wants: demo.wants });
  }
  const owners = TEST_PEOPLE.filter(({ account }) => account);
  // a dependant's account is tied to the guardian's, so that one is there first
  for (const isDependant of [false, true]) {
    const some = owners.filter(({ citizen }) => (citizen.guardian !== undefined) === isDependant);
    await Promise.all(some.map((person) => openTestAccount(deps, person)));
  }
  for (const one of TEST_ORGANISATIONS.filter(({ account }) => account)) await openTestOrganisation(deps, one);
  return links;
}

/** Without what happened to it since. */
function agreedWith(portal: Portal | undefined): Portal | undefined {
  if (!portal) return undefined;
  const { reopenedAtSeconds: _, ...agreed } = portal;
  return agreed;
}

const portalOf = (demo: DemoPortal, origin: string, credential: string): Portal => ({
  portalId: demo.id as string as PortalId,
  name: demo.name,
  authority: demo.authority,
  purpose: demo.purpose,
  purposeVersion: 1,
  minimumAcr: demo.wants,
  claims: demo.claims,
  sector: `${demo.id}.example`,
  homeUrl: origin,
  firstParty: false,
  dynamic: false,
  disabled: false,
  agreement: { number: demo.agreement, signedOn: '2026-07-01', securityLevel: 3 },
  metadata: {
    ...registrationOf(demo, origin),
    ...(demo.auth === 'private_key_jwt'
      ? { jwks: { keys: [publicJwk(credential)] } }
      : { client_secret: hashClientSecret(new Sealed(credential)) }),
  },
});
