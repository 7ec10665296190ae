import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from '@jest/globals';
import type { Personal } from '../../src/accounts/account.ts';
import { findAccountByNationalId } from '../../src/accounts/find-account.ts';
import { openAccount } from '../../src/accounts/open-account.ts';
import type { AccountLevel } from '../../src/assurance/assurance-level.ts';
import { createGatewayWatch } from '../../src/authenticators/otp/gateway-watch.ts';
import { choosePassword } from '../../src/authenticators/password/choose-password.ts';
import { createHashQueue } from '../../src/authenticators/password/hash-queue.ts';
import { setPassword } from '../../src/authenticators/password/set-password.ts';
import type { Delivery, SendOutcome } from '../../src/delivery/message.ts';
import type { Route } from '../../src/http/route.ts';
import { loadTexts } from '../../src/http/texts.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import { openBrowser } from '../support/browser-client.ts';
import { startEdgeServer } from '../support/edge-server.ts';
import { fakeRegistry } from '../support/fake-registry.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { renderer } from '../support/render-views.ts';
import { TestClock } from '../support/test-clock.ts';
import { testKeyring } from '../support/test-keyring.ts';

export const PASSWORD = 'mưa rào tháng bảy';
export const ISSUER = 'http://localhost:3000';

interface SentMessage {
  readonly to: string;
  readonly text: string;
}

/** Stores, keys, a clock, the sandbox's nation and an outbox, for one test file. */
export async function selfServiceWorld() {
  const { db, url: databaseUrl } = await freshDatabase();
  const { cache } = await freshCache();
  const clock = new TestClock();
  const keyring = testKeyring();
  const registry = fakeRegistry(() => clock.now());
  const outbox: SentMessage[] = [];
  const gateway: { outcome: SendOutcome } = { outcome: { kind: 'accepted' } };
  const delivery: Delivery = {
    async send(message) {
      if (gateway.outcome.kind === 'accepted') outbox.push({ to: message.to.reveal(), text: message.text.reveal() });
      return gateway.outcome;
    },
  };
  const texts = loadTexts('views/locales');
  const faults: object[] = [];
  const deps = {
    db,
    cache,
    clock,
    keyring,
    registry,
    delivery,
    texts,
    hashQueue: createHashQueue({ lanes: 2, places: 100 }),
    gatewayWatch: createGatewayWatch(),
    issuer: ISSUER,
    brandName: 'Danh Tính',
    log: { error: (facts: object) => void faults.push(facts) },
  };

  /** An active account with a password. */
  const openFor = async (personal: Personal, level: AccountLevel): Promise<SubjectId> => {
    const chosen = await choosePassword(deps, new Sealed(PASSWORD), []);
    if (chosen.kind !== 'chosen') throw new Error(chosen.kind);
    return inTransaction(db, async (sql) => {
      const stage = { state: 'active', level } as const;
      const opened = await openAccount({ keyring }, sql, { kind: 'citizen', stage, personal }, clock.now());
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      await setPassword(deps, sql, opened.subject, chosen.chosen);
      return opened.subject;
    });
  };
  /** An account of someone of the nation. */
  const giveAccount = async (number: string): Promise<SubjectId> => {
    const found = await registry.findPerson(parseNationalId(number)!);
    if (found.kind !== 'found') throw new Error(found.kind);
    const { fullName, birthDate, gender, nationality, phone } = found.value;
    return openFor({ nationalId: number, fullName, birthDate, gender, nationality, ...(phone && { phone }) }, '01');
  };
  const accountOf = (number: string) => findAccountByNationalId({ db, keyring }, parseNationalId(number)!);

  /** Everything goes out after the answer: waits for it, then gives and forgets what was sent. */
  const messages = async (): Promise<SentMessage[]> => {
    await pause(30);
    return outbox.splice(0);
  };
  const codeIn = (message: SentMessage | undefined): string => /^\d{6}/.exec(message?.text ?? '')?.[0] ?? 'no code';

  /** How often each of the stores and the registry is asked by `work`. */
  const cost = async (work: () => Promise<unknown>) => {
    const counted = { sql: 0, redis: 0, registry: 0 };
    const query = db.query.bind(db);
    const send = cache.sendCommand.bind(cache);
    const find = registry.findMatching.bind(registry);
    Object.assign(db, { query: (...args: Parameters<typeof query>) => ((counted.sql += 1), query(...args)) });
    Object.assign(cache, { sendCommand: (...args: Parameters<typeof send>) => ((counted.redis += 1), send(...args)) });
    Object.assign(registry, {
      findMatching: (...args: Parameters<typeof find>) => ((counted.registry += 1), find(...args)),
    });
    await work();
    for (let turn = 0; turn < 3; turn += 1) await pause(0); // what goes out after the answer counts too
    Object.assign(db, { query });
    Object.assign(cache, { sendCommand: send });
    Object.assign(registry, { findMatching: find });
    return counted;
  };

  const serve = async (routes: readonly Route[]) => {
    const server = await startEdgeServer(routes, { renderer, clock });
    afterAll(() => server.stop());
    return { ...server, browser: () => openBrowser(server.issuer) };
  };
  return {
    ...deps,
    deps,
    databaseUrl,
    gateway,
    faults,
    openFor,
    giveAccount,
    accountOf,
    messages,
    codeIn,
    cost,
    serve,
  };
}
