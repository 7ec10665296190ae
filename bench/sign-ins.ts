/**
 * What a sign-in costs the provider, in CPU milliseconds, and against the same process serving one small page. Needs a running
 * sandbox with metrics: `EID_METRICS_PORT=9464 npm start`, then `node bench/sign-ins.ts [rounds]`. Ratios of one run are
 * comparable; milliseconds of two machines are not.
 */
import { Browser } from '../test/provider/support/browser.ts';
import { formsOf } from '../test/support/citizen.ts';
import { assertPasskey } from '../test/support/software-passkey.ts';
import { TEST_PEOPLE } from '../src/sandbox/people.ts';

const ISSUER = process.env['EID_ISSUER'] ?? 'http://localhost:3000';
const METRICS = `http://127.0.0.1:${process.env['EID_METRICS_PORT'] ?? 9464}/metrics`;
const ROUNDS = Number(process.argv[2] ?? 200);
const CALLBACK = 'http://localhost:9999/callback';

interface Client {
  readonly client_id: string;
  readonly client_secret: string;
}

const person = TEST_PEOPLE.find(({ account }) => account?.passkey && account.state === 'active');
const passkey = person?.account?.passkey;
if (!passkey) throw new Error('no test person has a passkey');

async function register(): Promise<Client> {
  const answer = await fetch(`${ISSUER}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [CALLBACK], client_name: 'bench' }),
  });
  if (!answer.ok) throw new Error(`registration: ${answer.status}`);
  return (await answer.json()) as Client;
}

/** From the authorization request to userinfo. */
async function signIn(client: Client, browser: Browser): Promise<void> {
  const query = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
  });
  let { url, answer } = await browser.follow(`/auth?${query.toString()}`);
  for (let page = 0; page < 3 && url.origin === ISSUER; page += 1) {
    const forms = formsOf(await answer.text());
    const form = forms.find(({ action }) => /\/(consent|passkey)$/.test(action));
    if (!form) throw new Error(`no way on from ${url.pathname} (${answer.status})`);
    const fields: Record<string, string> = form.action.endsWith('/consent')
      ? { decision: 'allow' }
      : { credential: JSON.stringify(assertPasskey(passkey!, form.options as { challenge: string }, ISSUER)) };
    ({ url, answer } = await browser.follow(form.action, {
      method: 'POST',
      body: new URLSearchParams({ ...form.hidden, ...fields }),
    }));
  }
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
  const token = await fetch(`${ISSUER}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: url.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
    }),
  });
  const { access_token: bearer } = (await token.json()) as { access_token: string };
  const userinfo = await fetch(`${ISSUER}/me`, { headers: { authorization: `Bearer ${bearer}` } });
  if (!userinfo.ok) throw new Error(`userinfo: ${userinfo.status}`);
  await userinfo.arrayBuffer();
}

async function cpuSeconds(): Promise<number> {
  const text = await (await fetch(METRICS)).text();
  const value = /^process_cpu_seconds_total ([\d.e+-]+)/m.exec(text)?.[1];
  if (value === undefined) throw new Error('the metrics have no CPU time');
  return Number(value);
}

/** CPU milliseconds of the provider for one `work`. */
async function cost(work: () => Promise<void>): Promise<number> {
  for (let i = 0; i < 20; i += 1) await work();
  const before = await cpuSeconds();
  for (let i = 0; i < ROUNDS; i += 1) await work();
  return ((await cpuSeconds()) - before) * (1000 / ROUNDS);
}

const client = await register();
const other = await register();
const signedIn = new Browser(ISSUER);
await signIn(client, signedIn);
await signIn(other, signedIn);
const results = {
  'one small page (discovery)': await cost(async () => {
    await (await fetch(`${ISSUER}/.well-known/openid-configuration`)).arrayBuffer();
  }),
  'single sign-on, to userinfo': await cost(() => signIn(other, signedIn)),
  'sign-in by passkey, to userinfo': await cost(() => signIn(client, new Browser(ISSUER))),
};
const unit = results['one small page (discovery)'];
for (const [name, ms] of Object.entries(results)) {
  process.stdout.write(
    `${name.padEnd(34)} ${ms.toFixed(2).padStart(7)} ms CPU  ${(ms / unit).toFixed(1).padStart(6)} x\n`,
  );
}
