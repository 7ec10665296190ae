import { getCompileCacheDir } from 'node:module';
import path from 'node:path';

import type { SandboxPlan } from '../../config/sandbox-plan.ts';
import type { ChildProgram } from './child.ts';

const SRC = path.join(import.meta.dirname, '../..');

interface Folders {
  readonly data: string;
  readonly log: string;
  readonly keys: string;
}

export interface PortalPlace {
  readonly id: string;
  readonly port: number;
  readonly credential: string;
}

export interface Addresses {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly registryUrl: string;
  readonly registryToken: string;
}

/** The population registry: what the provider must not be able to reach but over HTTP. */
export const registryProgram = (plan: SandboxPlan, folders: Folders, token: string): ChildProgram => ({
  name: 'The registry',
  file: path.join(SRC, 'sandbox/registry-server/main.ts'),
  env: {
    ...bare(plan),
    REGISTRY_TOKEN: token,
    REGISTRY_PEOPLE: String(plan.people),
    REGISTRY_MEMORY: path.join(folders.data, 'registry.json'),
  },
  logFile: path.join(folders.log, 'registry.log'),
});

/** One demo portal: it knows its port, the address of the provider and its own credential, no more. */
export const portalProgram = (plan: SandboxPlan, folders: Folders, portal: PortalPlace): ChildProgram => ({
  name: `The portal on port ${portal.port}`,
  file: path.join(SRC, 'sandbox/demo-portals/main.ts'),
  env: {
    ...bare(plan),
    PORTAL_ID: portal.id,
    PORTAL_PORT: String(portal.port),
    PORTAL_CREDENTIAL: portal.credential,
    ISSUER: plan.issuer,
  },
  logFile: path.join(folders.log, `portal-${portal.port}.log`),
});

/** The provider, exactly as an operator runs it, with the sandbox on. */
export const providerProgram = (plan: SandboxPlan, folders: Folders, addresses: Addresses): ChildProgram => ({
  name: 'The provider',
  file: path.join(SRC, 'cli/eid.ts'),
  args: ['serve'],
  env: {
    ...plan.environment,
    ...bare(plan),
    DATABASE_URL: addresses.databaseUrl,
    REDIS_URL: addresses.redisUrl,
    EID_ISSUER: plan.issuer,
    EID_KEYS_DIR: folders.keys,
    EID_SANDBOX: 'true',
    EID_REGISTRY_URL: addresses.registryUrl,
    EID_REGISTRY_TOKEN: addresses.registryToken,
  },
  logFile: path.join(folders.log, 'provider.log'),
});

const bare = ({ environment }: SandboxPlan) => ({
  PATH: environment['PATH'],
  HOME: environment['HOME'],
  TZ: environment['TZ'],
  NODE_COMPILE_CACHE: getCompileCacheDir(),
});
