import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { relyingPartyOf } from '../../src/authenticators/webauthn/relying-party.ts';
import type { Route } from '../../src/http/route.ts';
import { officersRoutes } from '../../src/officers/officers.routes.ts';
import type { OfficerRole } from '../../src/officers/officer-permissions.policy.ts';
import { officerDoor } from '../../src/officers/sign-in/officer-door.routes.ts';
import { admitStaff } from '../../src/officers/staff/admit-staff.ts';
import { initKeys } from '../../src/provider/keys/init-keys.ts';
import { sandboxStaff, TEST_STAFF } from '../../src/sandbox/officers.ts';
import { type BrowserClient, openBrowser, type Page } from '../support/browser-client.ts';
import { fakeRegistry } from '../support/fake-registry.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { startEdgeServer } from '../support/edge-server.ts';
import { renderer } from '../support/render-views.ts';
import { assertPasskey } from '../support/software-passkey.ts';
import { TestClock } from '../support/test-clock.ts';
import { testKeyring } from '../support/test-keyring.ts';

/** What a device with this key answers to `options` on a page of `origin`, as the form sends it. */
export const assertWith = (...asked: Parameters<typeof assertPasskey>): string =>
  JSON.stringify(assertPasskey(...asked));

/** The options that a page gives to the device. */
export function optionsOf(body: string): { challenge: string; rpId?: string } {
  const json = /data-options="([^"]+)"/.exec(body)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  if (!json) throw new Error('the page asks for no passkey');
  return JSON.parse(json) as { challenge: string };
}

/** The test officer of a role; with several, the `index`-th. */
export function officerOf(role: OfficerRole, index = 0) {
  const officer = TEST_STAFF.officers.filter((one) => one.role === role)[index];
  if (!officer) throw new Error(`nobody is ${role}`);
  return officer;
}

const refusingFetch = () => Promise.reject(new Error('the console of a test fetches nothing'));

type TestOfficer = ReturnType<typeof officerOf>;

/** The whole console behind the real edge, with the sandbox's staff, a clock, and browsers. */
export async function startConsole({ syncedOfficerPasskeys = true } = {}) {
  const { db } = await freshDatabase();
  const { cache } = await freshCache();
  const clock = new TestClock();
  const keyring = testKeyring();
  const keysDir = mkdtempSync(path.join(tmpdir(), 'eid-keys-'));
  initKeys({ clock }, keysDir);
  const stores = { db, cache, clock, keyring, keysDir };
  await admitStaff(stores, sandboxStaff(), 'sandbox');
  const registry = fakeRegistry(() => clock.now());
  let routes: readonly Route[] = [];
  const server = await startEdgeServer(
    (issuer) => {
      const deps = {
        ...stores,
        registry,
        organisations: registry,
        issuer,
        relyingParty: relyingPartyOf(issuer, 'Danh Tính'),
        syncedOfficerPasskeys,
        fetch: refusingFetch,
        loopback: true,
      };
      routes = officersRoutes(deps);
      return { routes, before: officerDoor(deps) };
    },
    { renderer, clock, render: undefined as never },
  );
  afterAll(async () => {
    await server.stop();
    rmSync(keysDir, { recursive: true, force: true });
  });
  const origin = server.issuer.origin;

  /** Shows the passkey on the page in `body`, sign-in or re-authentication. */
  const show = (browser: BrowserClient, at: string, body: string, officer: TestOfficer): Promise<Page> =>
    browser.post(at, {
      credential: assertWith(officer.passkey, optionsOf(body), origin),
      to: /name="to" value="([^"]+)"/.exec(body)?.[1] ?? '/console',
    });
  return {
    ...stores,
    registry,
    server,
    origin,
    routes,
    show,
    browser: () => openBrowser(server.issuer),
    signIn: async (officer: TestOfficer): Promise<BrowserClient> => {
      const browser = openBrowser(server.issuer);
      const { body } = await browser.get('/console/sign-in');
      const answer = await show(browser, '/console/sign-in', body, officer);
      if (answer.location !== '/console') throw new Error(`not signed in: ${answer.status}`);
      return browser;
    },
    events: async (kind: string): Promise<{ actor: string | null; data: Record<string, unknown> }[]> => {
      const { rows } = await db.query<{ actor: string | null; data: Record<string, unknown> }>(
        'SELECT actor, data FROM audit_event WHERE kind = $1 ORDER BY occurred_at, xmin::text::bigint',
        [kind],
      );
      return rows;
    },
  };
}
