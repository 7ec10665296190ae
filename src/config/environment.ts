import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every name we read. A name that starts with EID_ and is not here is a slip of the pen, and refused. */
export const NAMES = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'REDIS_URL',
  'NODE_ENV',
  'EID_ISSUER',
  'EID_PORT',
  'EID_LISTEN_HOST',
  'EID_METRICS_PORT',
  'EID_KEYS_DIR',
  'EID_DATA_KEYS',
  'EID_SANDBOX',
  'EID_SANDBOX_PEOPLE',
  'EID_SANDBOX_PORTAL_PORT',
  'EID_REGISTRY_URL',
  'EID_REGISTRY_TOKEN',
  'EID_REGISTRY_TIMEOUT_MS',
  'EID_DELIVERY_FILE',
  'EID_LOG_LEVEL',
  'EID_TRUST_PROXY',
  'EID_BRAND_NAME',
  'EID_BRAND_ACCENT',
  'EID_BRAND_MARK',
] as const;
export type Name = (typeof NAMES)[number];

/** Those that may stand in a file instead, named by `<name>_FILE`, as container platforms hand out secrets. */
const SECRETS: readonly Name[] = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'REDIS_URL',
  'EID_DATA_KEYS',
  'EID_REGISTRY_TOKEN',
];

export interface Settings {
  values: Partial<Record<Name, string>>;
  /** What is wrong with the environment itself, one sentence each. */
  problems: string[];
}

/** Our names out of the environment, `_FILE` variants read. Empty counts as unset: `pg` would silently take localhost. */
export function readEnvironment(env: Environment): Settings {
  const problems = unknownNames(env).map((name) => `${name} is not a name we know`);
  const values: Settings['values'] = {};
  for (const name of NAMES) {
    const value = valueOf(env, name, problems);
    if (value) values[name] = value;
  }
  return { values, problems };
}

function valueOf(env: Environment, name: Name, problems: string[]): string | undefined {
  const file = SECRETS.includes(name) ? env[`${name}_FILE`] : undefined;
  if (!file) return env[name]?.trim();
  if (env[name]) problems.push(`${name} and ${name}_FILE are both set: keep one`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    problems.push(`${name}_FILE cannot be read (${(error as Error).message})`);
    return undefined;
  }
}

function unknownNames(env: Environment): string[] {
  const known = new Set<string>([...NAMES, ...SECRETS.map((name) => `${name}_FILE`)]);
  return Object.keys(env).filter((name) => name.startsWith('EID_') && !known.has(name));
}
