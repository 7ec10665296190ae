import { readEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { cannotStart, complaints } from './problems.ts';
import { sandboxOf, Settings } from './settings.ts';

/** What the sandbox's supervisor must know before there is a whole configuration: it makes the rest itself. */
export interface SandboxPlan {
  issuer: string;
  port: number;
  people: number;
  portalPorts: readonly number[];
  /** Addresses of real servers, where the embedded ones are not wanted. */
  databaseUrl?: string;
  redisUrl?: string;
  keysDir?: string;
  /** The environment of its children begins with ours. */
  environment: Environment;
}

/** Throws OperatorError naming everything wrong, and in production. */
export function loadSandboxPlan(env: Environment = process.env): SandboxPlan {
  const { values, problems } = readEnvironment(env);
  const parsed = Settings.safeParse(values);
  if (!parsed.success) problems.push(...complaints(parsed.error));
  if (values.NODE_ENV === 'production') problems.push('NODE_ENV is production: the sandbox must not run there');
  if (problems.length > 0 || !parsed.success) throw cannotStart(problems);
  const settings = parsed.data;
  return {
    issuer: values.EID_ISSUER === undefined ? `http://localhost:${settings.EID_PORT}` : settings.EID_ISSUER,
    port: settings.EID_PORT,
    ...sandboxOf(settings),
    ...(settings.DATABASE_URL ? { databaseUrl: settings.DATABASE_URL } : {}),
    ...(settings.REDIS_URL ? { redisUrl: settings.REDIS_URL } : {}),
    ...(values.EID_KEYS_DIR ? { keysDir: settings.EID_KEYS_DIR } : {}),
    environment: env,
  };
}
