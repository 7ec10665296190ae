import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readEnvironment } from './config/environment.ts';
import type { Environment, Name } from './config/environment.ts';
import { cannotStart, complaints } from './config/problems.ts';
import { refusals } from './config/production.policy.ts';
import { sandboxOf, Settings } from './config/settings.ts';
import { createBrand } from './http/brand.ts';
import { parseMark } from './http/brand-mark.ts';
import type { Brand } from './http/brand.ts';
import { Sealed } from './kernel/sealed.ts';

export type { Environment } from './config/environment.ts';

/** What the operator decided, whole and checked. */
export interface Config {
  readonly production: boolean;
  /** An origin without a final slash; never taken from a request. */
  readonly issuer: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Port of the metrics on loopback; none if absent. */
  readonly metricsPort?: number;
  readonly databaseUrl: Sealed<string>;
  readonly redisUrl: Sealed<string>;
  readonly keysDir: string;
  /** The keys that guard the data, as JSON, where the platform hands them out instead of a file. */
  readonly dataKeys?: Sealed<string>;
  /** Present in the sandbox only. */
  readonly sandbox?: { readonly people: number; readonly portalPorts: readonly number[] };
  readonly registry: { readonly url: string; readonly token: Sealed<string>; readonly timeoutMs: number };
  /** Path of the JSON that describes the gateways; the sandbox may do without. */
  readonly deliveryFile?: string;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Whether X-Forwarded-* of the peer counts. */
  readonly trustProxy: boolean;
  readonly brand: Brand;
}

/** What must lie in the folder of the keys; the data keys may come from the environment. */
const keyFiles = (given: readonly string[]): string[] => [
  ...(given.includes('EID_DATA_KEYS') ? [] : ['data.json']),
  'signing.json',
  'provider.json',
];

/** The configuration from the environment. Throws one OperatorError that names everything wrong with it. */
export function loadConfig(env: Environment = process.env): Config {
  const { values, problems } = readEnvironment(env);
  const parsed = Settings.safeParse(values);
  if (!parsed.success) problems.push(...complaints(parsed.error));
  // what is well-formed is judged even beside what is not, so that one attempt names all
  const settings = parsed.success ? parsed.data : wellFormed(values);
  problems.push(...refusals(startFacts(settings, Object.keys(values))));
  const brand = attempt('EID_BRAND_ACCENT', problems, () =>
    createBrand(settings.EID_BRAND_NAME, settings.EID_BRAND_ACCENT),
  );
  const mark = attempt('EID_BRAND_MARK', problems, () => markOf(settings.EID_BRAND_MARK));
  if (problems.length > 0 || !brand) throw cannotStart(problems);
  return Object.freeze(configOf(settings, { ...brand, ...(mark !== undefined && { mark }) }));
}

function wellFormed(values: Partial<Record<string, string>>): Settings {
  const good = Object.entries(values).filter(([name, value]) => {
    const shape = Settings.shape[name as keyof typeof Settings.shape];
    return shape.safeParse(value).success;
  });
  return Settings.parse(Object.fromEntries(good));
}

function startFacts(settings: Settings, given: string[]) {
  return {
    production: settings.NODE_ENV === 'production',
    sandbox: settings.EID_SANDBOX,
    issuer: settings.EID_ISSUER,
    databaseUrl: given.includes('DATABASE_URL'),
    ownerUrl: given.includes('MIGRATION_DATABASE_URL'),
    redisUrl: given.includes('REDIS_URL'),
    registryUrl: given.includes('EID_REGISTRY_URL'),
    registryToken: given.includes('EID_REGISTRY_TOKEN'),
    deliveryFile: given.includes('EID_DELIVERY_FILE'),
    keysDir: settings.EID_KEYS_DIR,
    missingKeys: keyFiles(given).filter((file) => !existsSync(path.join(settings.EID_KEYS_DIR, file))),
  };
}

function configOf(settings: Settings, brand: Brand): Config {
  const production = settings.NODE_ENV === 'production';
  return {
    production,
    issuer: settings.EID_ISSUER,
    listen: { host: settings.EID_LISTEN_HOST ?? (production ? '::' : '127.0.0.1'), port: settings.EID_PORT },
    ...(settings.EID_METRICS_PORT ? { metricsPort: settings.EID_METRICS_PORT } : {}),
    databaseUrl: new Sealed(settings.DATABASE_URL ?? ''),
    redisUrl: new Sealed(settings.REDIS_URL ?? ''),
    keysDir: settings.EID_KEYS_DIR,
    ...(settings.EID_DATA_KEYS ? { dataKeys: new Sealed(settings.EID_DATA_KEYS) } : {}),
    ...(settings.EID_SANDBOX ? { sandbox: sandboxOf(settings) } : {}),
    registry: {
      url: settings.EID_REGISTRY_URL ?? '',
      token: new Sealed(settings.EID_REGISTRY_TOKEN ?? ''),
      timeoutMs: settings.EID_REGISTRY_TIMEOUT_MS,
    },
    ...(settings.EID_DELIVERY_FILE ? { deliveryFile: settings.EID_DELIVERY_FILE } : {}),
    logLevel: settings.EID_LOG_LEVEL,
    trustProxy: settings.EID_TRUST_PROXY,
    brand,
  };
}

function markOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  return parseMark(readFileSync(file, 'utf8'));
}

function attempt<T>(name: Name, problems: string[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    problems.push(`${name}: ${(error as Error).message}`);
    return undefined;
  }
}
