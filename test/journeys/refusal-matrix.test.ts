import { describe, expect, test } from '@jest/globals';
import { ACCOUNT_STATES, type AccountState } from '../../src/accounts/account-lifecycle.policy.ts';
import { changeAccount } from '../../src/accounts/change-account.ts';
import { endLock } from '../../src/accounts/end-lock.ts';
import { findAccount } from '../../src/accounts/find-account.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { LOCK_GROUNDS, type LockGround } from '../../src/accounts/lock-ground.policy.ts';
import { choosePassword } from '../../src/authenticators/password/choose-password.ts';
import { setPassword } from '../../src/authenticators/password/set-password.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import type { PortalId } from '../../src/kernel/ids.ts';
import { disablePortal } from '../../src/portals/disable-portal.ts';
import { ACCESS_REFUSALS, type AccessRefusal } from '../../src/portals/portal-access.policy.ts';
import { withdrawConsent } from '../../src/portals/withdraw-consent.ts';
import { signInRoutes } from '../../src/sign-in/sign-in.routes.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import type { Request } from '../provider/support/relying-party.ts';
import { formOf } from '../self-service/people.ts';
import type { Citizen } from '../support/citizen.ts';
import { openHouse } from '../support/house.ts';
import { findLeaks } from '../support/leak-net.ts';
import type { Portal, Tokens } from '../support/portal.ts';
import type { Resident } from '../support/resident.ts';

const house = await openHouse();
const { deps } = house;

/**
 * Everything that can happen to what was issued: each reason the product knows, and of «not active» each account state. What
 * is issued to act for an organisation has tests of its own (organisation.test.ts).
 */
type State = Exclude<AccessRefusal, 'not_active' | 'no_account' | 'not_representing'> | Exclude<AccountState, 'active'>;
const STATES: readonly string[] = [
  ...ACCESS_REFUSALS.filter((reason) => !['not_active', 'no_account', 'not_representing'].includes(reason)),
  ...ACCOUNT_STATES.filter((state) => state !== 'active'),
];

/** What a person and a portal hold at the moment when it happens. */
interface Held {
  readonly portal: Portal;
  readonly resident: Resident;
  /** A browser with a session at the portal. */
  readonly browser: Citizen;
  readonly tokens: Tokens;
  /** Came with that session and was not redeemed. */
  readonly code: { readonly back: URL; readonly request: Request };
  /** In another browser: the password is shown, the code of the app is asked for. */
  readonly halfway: { readonly browser: Citizen; readonly request: Request };
  /** In another browser: the passkey is shown, the consent page is open. */
  readonly atConsent: { readonly browser: Citizen; readonly request: Request };
}

async function hold(name: string): Promise<Held> {
  const portal = await house.addPortal(`cong-${name.replaceAll('_', '-')}`);
  const resident = await house.resident();
  const arrive = async (changes: Record<string, string> = {}, browser = house.citizen()) => {
    const request = await portal.request(changes);
    await browser.open(request.url);
    return { browser, request };
  };
  const everything = { scope: 'openid profile offline_access', prompt: 'consent' };
  const { browser, request } = await arrive(everything);
  await browser.passkey(resident);
  const tokens = await portal.tokens((await browser.consent('allow')).url, request);
  const again = await arrive({}, browser);
  const halfway = await arrive();
  await halfway.browser.identify(resident.nationalId);
  await halfway.browser.password(resident.password);
  if (halfway.browser.step !== 'code') await halfway.browser.choose('totp');
  const atConsent = await arrive(everything);
  await atConsent.browser.passkey(resident);
  expect([halfway.browser.step, atConsent.browser.step]).toEqual(['code', 'consent']);
  const code = { back: browser.page.url, request: again.request };
  return { portal, resident, browser, tokens, code, halfway, atConsent };
}

/** Makes it happen, by the use-case that makes it happen in the product. */
const HAPPENINGS: Record<State, (held: Held) => Promise<unknown>> = {
  locked: ({ resident }) => lockAccount(deps, resident.subject, { ground: 'self_request', actor: 'test' }),
  level_too_low: ({ resident }) =>
    changeAccount(deps, resident.subject, { change: 'lower_level', actor: 'test', shown: [] }),
  credentials_changed: async (held) => {
    const chosen = await choosePassword(deps, new Sealed('mat-khau-moi-cua-toi'), []);
    if (chosen.kind !== 'chosen') throw new Error(chosen.kind);
    await nextSecond();
    await inTransaction(deps.db, (sql) => setPassword(deps, sql, held.resident.subject, chosen.chosen));
    await nextSecond();
  },
  portal_disabled: ({ portal }) => disablePortal(deps, portal.identity.id as PortalId, 'test'),
  consent_withdrawn: ({ portal, resident }) => withdrawConsent(deps, resident.subject, portal.identity.id as PortalId),
  ended: ({ resident }) => changeAccount(deps, resident.subject, { change: 'end', actor: 'test', shown: [] }),
  // No use-case leads from active back to these; should one ever, or a row be written by hand, nothing may stand either.
  submitted: (held) => writeState(held, 'submitted'),
  rejected: (held) => writeState(held, 'rejected'),
  granted: (held) => writeState(held, 'granted'),
  activation_overdue: (held) => writeState(held, 'activation_overdue'),
};

const writeState = ({ resident }: Held, state: AccountState) =>
  deps.db.query('UPDATE account SET state = $2 WHERE account_id = $1', [resident.subject, state]);

/** What is issued and what happens are compared in whole seconds. */
async function nextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000);
  while (Math.floor(Date.now() / 1000) === second) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

/** Whether the portal ends with a token. */
const arrived = async (portal: Portal, { page }: Citizen, request: Request): Promise<boolean> =>
  page.url.searchParams.has('code') && (await portal.redeem(page.url, request)).status === 200;

async function freshVisit(portal: Portal): Promise<{ browser: Citizen; request: Request } | undefined> {
  const browser = house.citizen();
  const request = await portal.request();
  await browser.open(request.url);
  return browser.step === 'identify' ? { browser, request } : undefined;
}

/** Every way to use what was issued, or to have more issued. True when it still gives something. */
const WAYS = {
  code: async ({ portal, code }: Held) => (await portal.redeem(code.back, code.request)).status === 200,
  refresh: async ({ portal, tokens }: Held) => (await portal.refresh(tokens.refreshToken ?? '')).status === 200,
  introspection: async ({ portal, tokens }: Held) =>
    (await portal.introspect(tokens.accessToken)).body['active'] === true ||
    (await portal.introspect(tokens.refreshToken ?? '')).body['active'] === true,
  userinfo: async ({ portal, tokens }: Held) => (await portal.userinfo(tokens.accessToken)).status === 200,
  sso: async ({ portal, browser }: Held) => {
    for (const prompt of [{ prompt: 'none' }, {}]) {
      const request = await portal.request(prompt);
      await browser.open(request.url);
      if (await arrived(portal, browser, request)) return true;
    }
    return false;
  },
  passkey: async ({ portal, resident }: Held) => {
    const visit = await freshVisit(portal);
    if (!visit) return false;
    await visit.browser.passkey(resident);
    return arrived(portal, visit.browser, visit.request);
  },
  /** Number, password and the code of the app, all anew. */
  password: async ({ portal, resident }: Held) => {
    const visit = await freshVisit(portal);
    if (!visit) return false;
    await visit.browser.identify(resident.nationalId);
    await visit.browser.password(resident.password);
    if (visit.browser.step === 'second-factor') await visit.browser.choose('totp');
    if (visit.browser.step !== 'code') return false;
    await visit.browser.code(resident.appCode());
    return arrived(portal, visit.browser, visit.request);
  },
  /** A sign-in that was half way through when it happened. */
  halfway: async ({ portal, resident, halfway: { browser, request } }: Held) => {
    await browser.code(resident.appCode());
    return arrived(portal, browser, request);
  },
  /** A sign-in that lacked nothing but the press of «allow» when it happened. */
  at_consent: async ({ portal, atConsent: { browser, request } }: Held) => {
    await browser.consent('allow');
    return arrived(portal, browser, request);
  },
  /** Registering the number again: it must neither open an account nor change the one there is. */
  registration: async ({ resident }: Held) => {
    const { citizen } = resident.person;
    const before = await accountNow(resident);
    const browser = house.citizen();
    await browser.open('/register');
    const { nationalId, fullName, birthDate, card, phone } = citizen;
    await browser.submit('/register', formOf(nationalId, fullName, birthDate, card.issuedOn ?? '', phone ?? ''));
    expect(browser.step).toBe('register-code');
    const codes = (await house.outbox(resident.phone)).filter(({ text }) => /\b\d{6}\b/.test(text));
    await browser.code('123456');
    expect(browser.step).toBe('register-code');
    expect(await accountNow(resident)).toEqual(before);
    return codes.length > 0;
  },
} satisfies Record<string, (held: Held) => Promise<boolean>>;
type Way = keyof typeof WAYS;

async function accountNow({ subject }: Resident): Promise<unknown> {
  const { personal: _personal, ...facts } = (await findAccount(deps, subject)) ?? {};
  const { rows } = await deps.db.query('SELECT count(*) FROM account');
  return { facts, accounts: rows };
}

/** A cell either refuses, or says in words why it may give. */
type Cell = 'refuses' | { readonly gives: string };
const REFUSES: Record<Way, Cell> = {
  code: 'refuses',
  refresh: 'refuses',
  introspection: 'refuses',
  userinfo: 'refuses',
  sso: 'refuses',
  passkey: 'refuses',
  password: 'refuses',
  halfway: 'refuses',
  at_consent: 'refuses',
  registration: 'refuses',
};
const MATRIX: Record<State, Record<Way, Cell>> = {
  locked: REFUSES,
  ended: REFUSES,
  submitted: REFUSES,
  rejected: REFUSES,
  granted: REFUSES,
  activation_overdue: REFUSES,
  level_too_low: REFUSES,
  credentials_changed: {
    ...REFUSES,
    passkey: { gives: 'it is shown after the change, and the change of a password is not one of the passkey' },
  },
  portal_disabled: REFUSES,
  consent_withdrawn: {
    ...REFUSES,
    at_consent: { gives: 'the page was open when the consent was withdrawn, and is answered after it: a new decision' },
  },
};

/** By which column each address and grant of the provider, and each form of a visit, is proven; or why by none. */
const COVERED: Readonly<Record<string, Way | { readonly none: string }>> = {
  authorization_code: 'code',
  refresh_token: 'refresh',
  authorization_endpoint: 'sso',
  token_endpoint: 'code',
  introspection_endpoint: 'introspection',
  userinfo_endpoint: 'userinfo',
  pushed_authorization_request_endpoint: {
    none: 'it keeps a request; what comes of it is asked at the authorization endpoint',
  },
  revocation_endpoint: { none: 'it only ends' },
  end_session_endpoint: { none: 'it only ends' },
  registration_endpoint: { none: 'it makes portals, in the sandbox only' },
  identify: 'password',
  password: 'password',
  'second-factor': 'password',
  resend: { none: 'it sends a code to the phone on record; what the code opens is asked when it is typed' },
  code: 'halfway',
  passkey: 'passkey',
  'passkey-enrol': { none: 'a passkey made in a visit must be used once to count (next-step.policy.test.ts)' },
  'guardian-passkey': { none: 'another account confirms; all is asked again after it (guardian.test.ts)' },
  'guardian-send': { none: 'it sends a code to the guardian, and opens nothing' },
  'guardian-code': { none: 'another account confirms; all is asked again after it (guardian.test.ts)' },
  consent: 'at_consent',
  restart: { none: 'it only forgets' },
  refuse: { none: 'it only sends back with an error' },
};

test('nothing has happened: every way gives, save registering twice', async () => {
  const held = await hold('nothing');
  const gives: string[] = [];
  for (const [name, way] of Object.entries(WAYS)) if (await way(held)) gives.push(name);
  expect(gives).toEqual(Object.keys(WAYS).filter((name) => name !== 'registration'));
});

describe.each(Object.entries(MATRIX) as [State, Record<Way, Cell>][])('%s', (state, row) => {
  test(`refuses, save: ${
    Object.entries(row)
      .map(([way, cell]) => (cell === 'refuses' ? '' : `${way}, ${cell.gives}`))
      .filter(Boolean)
      .join('; ') || 'nothing'
  }`, async () => {
    const held = await hold(state);
    await HAPPENINGS[state](held);
    const gives: string[] = [];
    for (const [name, way] of Object.entries(WAYS)) if (await way(held)) gives.push(name);
    expect(gives).toEqual(Object.keys(row).filter((way) => row[way as Way] !== 'refuses'));
  });
});

describe('the table has no hole', () => {
  test('a row for every state and reason of the product', () => {
    expect(Object.keys(MATRIX).toSorted()).toEqual([...STATES].toSorted());
  });
  test.each(Object.entries(MATRIX))('a cell for every way: %s', (_, row) => {
    expect(Object.keys(row)).toEqual(Object.keys(WAYS));
  });
  test('a column for every grant and address of the provider and every form of a visit', async () => {
    const found = await (await fetch(`${house.issuer}/.well-known/openid-configuration`)).json();
    const { grant_types_supported: grants, ...rest } = found as Record<string, string[]>;
    const addresses = Object.keys(rest).filter((name) => name.endsWith('_endpoint'));
    const forms = signInRoutes({} as never).filter(({ method }) => method === 'POST');
    const steps = forms.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
    expect(Object.keys(COVERED).toSorted()).toEqual([...(grants ?? []), ...addresses, ...steps].toSorted());
  });
  test('an account is never deleted, so that «no account» cannot happen to what was issued', async () => {
    const resident = await house.resident();
    await expect(deps.db.query('DELETE FROM account WHERE account_id = $1', [resident.subject])).rejects.toThrow(
      /foreign key/,
    );
  });
});

describe('every ground of lock shuts alike', () => {
  const grounds = (Object.keys(LOCK_GROUNDS) as LockGround[]).filter((ground) =>
    (LOCK_GROUNDS[ground].holders as readonly string[]).includes('citizen'),
  );
  test('while it is open, and until the last is ended', async () => {
    const portal = await house.addPortal('moi-can-cu');
    const resident = await house.resident();
    const browser = house.citizen();
    const request = await portal.request();
    await browser.open(request.url);
    await browser.passkey(resident);
    const tokens = await portal.tokens((await browser.consent('allow')).url, request);
    const status = async () => (await portal.userinfo(tokens.accessToken)).status;
    expect(await status()).toBe(200);
    for (const ground of grounds) {
      await lockAccount(deps, resident.subject, { ground, actor: 'test' });
      expect([ground, await status()]).toEqual([ground, 401]);
    }
    for (const ground of grounds) {
      expect([ground, await status()]).toEqual([ground, 401]);
      const way = LOCK_GROUNDS[ground].endedBy[0];
      if (way) await endLock(deps, resident.subject, { ground, way, actor: 'test' });
    }
    // death has no ground of unlock
    expect(await status()).toBe(401);
  });
});

test('nothing of anybody lies about', async () => {
  expect(await findLeaks(house.leakNet)).toEqual([]);
});
