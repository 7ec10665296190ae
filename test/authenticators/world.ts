import { randomInt } from 'node:crypto';
import { identifierKeyOf } from '../../src/accounts/account-identifier.ts';
import { openAccount } from '../../src/accounts/open-account.ts';
import type { AccountLevel } from '../../src/assurance/assurance-level.ts';
import type { Claimant } from '../../src/authenticators/claimant.ts';
import { createHashQueue } from '../../src/authenticators/password/hash-queue.ts';
import { choosePassword } from '../../src/authenticators/password/choose-password.ts';
import { setPassword } from '../../src/authenticators/password/set-password.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { Sealed } from '../../src/kernel/sealed.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { installLeakNet, secretsOf, type Secret } from '../support/leak-net.ts';
import { TestClock } from '../support/test-clock.ts';
import { testKeyring } from '../support/test-keyring.ts';

export const PASSWORD = 'mưa rào tháng bảy';
export const sealed = (text: string) => new Sealed(text);

const digits = (length: number) => Array.from({ length }, () => randomInt(10)).join('');

/** Stores, keys, a clock and people, for one test file. */
export async function authenticatorWorld() {
  const { db } = await freshDatabase();
  const { cache } = await freshCache();
  const clock = new TestClock();
  const keyring = testKeyring();
  const hashQueue = createHashQueue({ lanes: 2, places: 100 });
  const deps = { db, cache, clock, keyring, hashQueue };
  const secrets: Secret[] = [];
  installLeakNet({ db, cache, secrets });

  /** A number that nobody has. */
  const stranger = (): Claimant => {
    const nationalId = parseNationalId(`0${digits(11)}`);
    if (!nationalId) throw new Error('not a number');
    return { key: identifierKeyOf(keyring, nationalId) };
  };
  /** An active account, without authenticators. */
  const person = async (level: AccountLevel = '02'): Promise<Required<Claimant>> => {
    const number = `0${digits(11)}`;
    const nationalId = parseNationalId(number);
    if (!nationalId) throw new Error('not a number');
    const personal = {
      nationalId: number,
      fullName: 'Trần Thị Bưởi',
      birthDate: '1990-01-02',
      gender: 'female' as const,
      nationality: 'VNM',
      phone: `+849${digits(8)}`,
    };
    secrets.push(...secretsOf({ national_id: number, full_name: personal.fullName, phone: personal.phone }));
    const opened = await inTransaction(db, (sql) =>
      openAccount({ keyring }, sql, { kind: 'citizen', stage: { state: 'active', level }, personal }, clock.now()),
    );
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    return { key: identifierKeyOf(keyring, nationalId), subject: opened.subject };
  };
  const givePassword = async (subject: SubjectId, password = PASSWORD) => {
    secrets.push({ kind: 'password', value: password });
    const chosen = await choosePassword(deps, sealed(password), []);
    if (chosen.kind !== 'chosen') throw new Error(chosen.kind);
    await inTransaction(db, (sql) => setPassword(deps, sql, subject, chosen.chosen));
  };
  /** The kinds of the audit events of a subject (or of nobody's), sorted. */
  const events = async (subject?: SubjectId): Promise<string[]> => {
    const { rows } = await db.query<{ kind: string }>(
      `SELECT kind FROM audit_event WHERE account_id IS NOT DISTINCT FROM $1 AND kind NOT LIKE 'account.%' ORDER BY kind`,
      [subject ?? null],
    );
    return rows.map(({ kind }) => kind);
  };
  /** How many statements and Redis commands `work` costs. */
  const cost = async (work: () => Promise<unknown>): Promise<{ sql: number; redis: number }> => {
    const query = db.query.bind(db);
    const send = cache.sendCommand.bind(cache);
    const counted = { sql: 0, redis: 0 };
    Object.assign(db, { query: (...args: Parameters<typeof query>) => ((counted.sql += 1), query(...args)) });
    Object.assign(cache, { sendCommand: (...args: Parameters<typeof send>) => ((counted.redis += 1), send(...args)) });
    await work();
    Object.assign(db, { query });
    Object.assign(cache, { sendCommand: send });
    return counted;
  };
  return { ...deps, deps, stranger, person, givePassword, events, cost, secrets };
}
