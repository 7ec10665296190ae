interface Client {
  readonly client_id: string;
  readonly client_secret: string;
}

export interface PlanToRun {
  readonly name: string;
  readonly variant: Readonly<Record<string, string>>;
  /** Whether the clients are registered beforehand, and not by the suite. */
  readonly registered: boolean;
}

const DISCOVERED = { server_metadata: 'discovery' };
const DYNAMIC = { client_registration: 'dynamic_client' };

/** The plans of certification that a provider of the code flow can be held against. */
export const PLANS: Readonly<Record<string, PlanToRun>> = {
  'basic-static': {
    name: 'oidcc-basic-certification-test-plan',
    variant: { ...DISCOVERED, client_registration: 'static_client' },
    registered: true,
  },
  basic: { name: 'oidcc-basic-certification-test-plan', variant: { ...DISCOVERED, ...DYNAMIC }, registered: false },
  'form-post': {
    name: 'oidcc-formpost-basic-certification-test-plan',
    variant: { ...DISCOVERED, ...DYNAMIC },
    registered: false,
  },
  config: { name: 'oidcc-config-certification-test-plan', variant: {}, registered: false },
  dynamic: { name: 'oidcc-dynamic-certification-test-plan', variant: { response_type: 'code' }, registered: false },
  logout: {
    name: 'oidcc-rp-initiated-logout-certification-test-plan',
    variant: { ...DYNAMIC, response_type: 'code' },
    registered: false,
  },
  'backchannel-logout': {
    name: 'oidcc-backchannel-rp-initiated-logout-certification-test-plan',
    variant: { ...DYNAMIC, response_type: 'code' },
    registered: false,
  },
};

/** What the suite must know to run a plan. Registers clients with the provider when the plan wants them to be there. */
export async function configOf(
  plan: PlanToRun,
  { suite, provider }: { suite: string; provider: string },
): Promise<object> {
  const alias = 'danh-tinh';
  const config = {
    alias,
    description: 'Danh Tính, sandbox',
    server: { discoveryUrl: `${provider}/.well-known/openid-configuration` },
  };
  if (!plan.registered) {
    return { ...config, client: { client_name: 'conformance' }, client2: { client_name: 'conformance 2' } };
  }
  const callback = `${suite}/test/a/${alias}/callback`;
  const [client, client2, post] = await Promise.all([
    register(provider, callback, 'client_secret_basic'),
    register(provider, callback, 'client_secret_basic'),
    register(provider, callback, 'client_secret_post'),
  ]);
  return { ...config, client, client2, client_secret_post: post };
}

async function register(provider: string, callback: string, method: string): Promise<Client> {
  const answer = await fetch(`${provider}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: `conformance ${method}`,
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: method,
    }),
  });
  if (!answer.ok) throw new Error(`registration: ${answer.status} ${await answer.text()}`);
  const { client_id, client_secret } = (await answer.json()) as Client;
  return { client_id, client_secret };
}
