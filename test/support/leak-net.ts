import { afterEach } from '@jest/globals';
import type { Database } from '../../src/storage/postgres.ts';
import type { Cache } from '../../src/storage/redis.ts';
import { type Needle, type Secret, findNeedles, needlesOf } from './leak-needles.ts';
import { type Found, readCache, readDatabase } from './leak-sources.ts';

export type { Secret } from './leak-needles.ts';

export interface LeakNetOptions {
  readonly db?: Database;
  readonly cache?: Cache;
  /** Log lines written so far, read again after every test. */
  readonly logs?: readonly string[] | (() => readonly string[]);
  /** Addresses the test saw: requests, redirects, Referers. */
  readonly urls?: readonly string[];
  /** What must not be found; a function when codes are made during the test. */
  readonly secrets: readonly Secret[] | (() => readonly Secret[]);
}

export interface Leak {
  readonly kind: Secret['kind'];
  readonly form: string;
  readonly where: string;
}

/** After every test of this file: fails, saying what was found where, if a fixture's secret lies anywhere in clear. */
export function installLeakNet(options: LeakNetOptions): void {
  afterEach(async () => {
    const leaks = await findLeaks(options);
    if (leaks.length > 0) throw new Error(`the leak net caught:\n${leaks.map(describeLeak).join('\n')}`);
  });
}

/** Every place where a secret lies in clear, encoded, or hashed without a key. The secrets themselves are masked. */
export async function findLeaks({ db, cache, logs = [], urls = [], secrets }: LeakNetOptions): Promise<Leak[]> {
  const needles = needlesOf(typeof secrets === 'function' ? secrets() : secrets);
  const everything: Found[] = [
    ...(db === undefined ? [] : await readDatabase(db)),
    ...(cache === undefined ? [] : await readCache(cache)),
    ...(typeof logs === 'function' ? logs() : logs).map((text) => ({ where: 'log line', text })),
    ...urls.flatMap(decodedUrl),
  ];
  const leaks = everything.flatMap(({ where, text }) =>
    findNeedles(text, needles).map(({ secret, form }) => ({ kind: secret.kind, form, where: masked(where, needles) })),
  );
  return [...new Map(leaks.map((leak) => [describeLeak(leak), leak])).values()];
}

export const describeLeak = ({ kind, form, where }: Leak): string => `- ${kind} (${form}) in ${where}`;

function decodedUrl(url: string): Found[] {
  const where = 'url';
  return [
    url,
    url
      .replaceAll('+', ' ')
      .replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString()),
  ].map((text) => ({ where, text }));
}

function masked(where: string, needles: readonly Needle[]): string {
  return findNeedles(where, needles).reduce((text, needle) => {
    const hay = needle.folded ? text.toLowerCase() : text;
    const at = hay.indexOf(needle.text);
    return at < 0 ? text : `${text.slice(0, at)}[${needle.secret.kind}]${text.slice(at + needle.text.length)}`;
  }, where);
}

/** The secrets of one person of the sandbox nation, whichever of them the person has. */
export function secretsOf(person: {
  readonly national_id: string;
  readonly full_name: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly totp_secret?: string | undefined;
}): Secret[] {
  const all: [Secret['kind'], string | undefined][] = [
    ['national_id', person.national_id],
    ['name', person.full_name],
    ['phone', person.phone],
    ['email', person.email],
    ['password', person.password],
    ['totp_secret', person.totp_secret],
  ];
  return all.flatMap(([kind, value]) => (value === undefined || value === '' ? [] : [{ kind, value }]));
}
