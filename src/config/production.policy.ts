/** What the start looks at beyond the form of each setting. */
export interface StartFacts {
  production: boolean;
  sandbox: boolean;
  issuer: string;
  databaseUrl: boolean;
  redisUrl: boolean;
  registryUrl: boolean;
  registryToken: boolean;
  deliveryFile: boolean;
  keysDir: string;
  /** The owner's address is at hand, by which the audit trail can be changed. */
  ownerUrl: boolean;
  /** Key files that are not there. */
  missingKeys: readonly string[];
}

/** Everything that forbids a start, one sentence each; nothing if it may start. */
export function refusals(facts: StartFacts): string[] {
  return [...(facts.production ? refusedInProduction(facts) : []), ...missing(facts)];
}

function refusedInProduction(facts: StartFacts): string[] {
  const found: string[] = [];
  if (facts.sandbox) found.push('EID_SANDBOX must not be on in production');
  if (!facts.issuer.startsWith('https://') && !isLoopback(facts.issuer)) {
    found.push(`EID_ISSUER must start with https:// in production (it is ${facts.issuer})`);
  }
  if (facts.ownerUrl) found.push('MIGRATION_DATABASE_URL is for "eid migrate" alone: take it from what serves');
  return found;
}

function missing(facts: StartFacts): string[] {
  const found: string[] = [];
  if (!facts.databaseUrl) found.push('DATABASE_URL is missing: the address of PostgreSQL');
  if (!facts.redisUrl) found.push('REDIS_URL is missing: the address of Redis or Valkey');
  if (!facts.registryUrl) found.push('EID_REGISTRY_URL is missing: the address of the population registry');
  if (!facts.registryToken) found.push('EID_REGISTRY_TOKEN is missing: the secret the registry knows us by');
  if (!facts.deliveryFile && !facts.sandbox) found.push('EID_DELIVERY_FILE is missing: the gateways for SMS and mail');
  if (facts.missingKeys.length > 0) {
    found.push(`EID_KEYS_DIR: ${facts.keysDir} has no ${facts.missingKeys.join(' and no ')}: run "eid keys init"`);
  }
  return found;
}

const isLoopback = (issuer: string): boolean => {
  const host = new URL(issuer).hostname;
  return host === 'localhost' || host.endsWith('.localhost');
};
