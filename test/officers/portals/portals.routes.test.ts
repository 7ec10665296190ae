import { expect, test } from '@jest/globals';
import { officerOf, startConsole } from '../console.ts';

const world = await startConsole();
const { clock, db, events, signIn } = world;
const [son, quynh] = [officerOf('portal_registrar', 0), officerOf('portal_registrar', 1)];
const [one, other] = [await signIn(son), await signIn(quynh)];
for (const browser of [one, other]) await browser.get('/console/portals');
const actor = ({ officerId }: { officerId: string }) => `officer:${officerId}`;

const FORM = {
  portal_id: 'so-tu-phap',
  name_vi: 'Sở Tư pháp',
  name_en: 'Department of Justice',
  authority_vi: 'Sở Tư pháp Hà Nội',
  authority_en: 'Hà Nội Department of Justice',
  purpose_vi: 'Cấp bản sao hộ tịch',
  purpose_en: 'To issue copies',
  purpose_version: '1',
  agreement_number: '12/2026/TT-C06',
  agreement_signed_on: '2026-07-01',
  security_level: '3',
  minimum_acr: 'LoA2',
  claim_name: 'required',
  claim_phone_number: 'optional',
  home_url: 'https://tu-phap.example/',
  redirect_uris: 'https://tu-phap.example/callback\r\nhttps://tu-phap.example/app',
  token_endpoint_auth_method: 'client_secret_basic',
  tos_uri: 'https://tu-phap.example/terms',
};
/** Writes it down as `one`; gives back where the proposal is. */
async function propose(changes: Record<string, string>): Promise<string> {
  const { status, location } = await one.post('/console/portals/proposals/new', { ...FORM, ...changes });
  expect([status, location]).toEqual([303, expect.stringMatching(/^\/console\/portals\/proposals\/[0-9a-f-]{36}$/)]);
  return String(location);
}
const APPRAISED = { decision: 'confirm', record: '45/BB-C06' };

test('one writes a portal down, another confirms it, and the secret is shown this once', async () => {
  const proposal = await propose({});
  expect((await db.query('SELECT portal_id FROM portal')).rows).toEqual([]);
  const own = await one.post(proposal, APPRAISED);
  expect([own.status, (await db.query('SELECT portal_id FROM portal')).rows]).toEqual([409, []]);

  const confirmed = await other.post(proposal, APPRAISED);
  expect(confirmed.status).toBe(200);
  const secret = /client_secret<\/dt><dd><code class="copy">([^<]{43})</.exec(confirmed.body)?.[1] ?? 'none';
  const { rows } = await db.query<{ all: string }>(
    "SELECT coalesce(string_agg(p::text, ' '), '') || (SELECT string_agg(r::text, ' ') FROM portal_proposal r) AS all FROM portal p",
  );
  expect(rows[0]?.all).toContain('s256$');
  expect(rows[0]?.all).not.toContain(secret);
  const shown = await one.get('/console/portals/id/so-tu-phap');
  for (const said of [
    'Cấp bản sao hộ tịch',
    '12/2026/TT-C06',
    'https://tu-phap.example/app',
    quynh.name,
    '45/BB-C06',
  ]) {
    expect(shown.body).toContain(said);
  }
  expect(shown.body).not.toContain(secret);
  expect((await events('portal.proposed')).map((event) => event.actor)).toEqual([actor(son)]);
  expect((await events('portal.registered')).map((event) => event.actor)).toEqual([actor(quynh)]);
  expect((await other.post(proposal, APPRAISED)).status).toBe(409);
});

test('ten confirm at once: registered once', async () => {
  const proposal = await propose({ portal_id: 'mot-lan' });
  const answers = await Promise.all(Array.from({ length: 10 }, () => other.post(proposal, APPRAISED)));
  const [confirmed, refused] = [200, 409].map((wanted) => answers.filter(({ status }) => status === wanted).length);
  expect([confirmed, refused]).toEqual([1, 9]);
  const registered = await db.query(
    "SELECT 1 FROM audit_event WHERE kind = 'portal.registered' AND portal_id = 'mot-lan'",
  );
  expect(registered.rowCount).toBe(1);
});

test('what is wrong is named beside its field, and nothing waits; two proposals of one portal do not wait together', async () => {
  const { status, body } = await one.post('/console/portals/proposals/new', {
    ...FORM,
    portal_id: 'account',
    redirect_uris: 'https://a@tu-phap.example/',
    security_level: '2',
    jwks: '{"keys":[{"kty":"EC","kid":"one","d":"private"}]}',
  });
  expect(status).toBe(422);
  for (const field of ['portal_id', 'redirect_uris', 'security_level', 'jwks']) {
    expect(body).toContain(`id="${field}-error"`);
  }
  const pasted = await one.post('/console/portals/proposals/file', { file: '{"portal_id":"X"}' });
  expect([pasted.status, pasted.body.includes('id="file-error"')]).toEqual([422, true]);
  const proposal = await propose({ portal_id: 'hai-lan' });
  expect((await one.post('/console/portals/proposals/new', { ...FORM, portal_id: 'hai-lan' })).status).toBe(422);
  expect((await other.post(proposal, { decision: 'refuse', record: '' })).status).toBe(422); // a refusal is in writing
  expect((await one.post(proposal, { decision: 'refuse' })).status).toBe(303); // taken back
  await propose({ portal_id: 'hai-lan' });
});

test('closed for a reason and opened again, each with the officer’s name; the sector and a closed id stay as they are', async () => {
  const page = '/console/portals/id/so-tu-phap';
  expect((await one.post(`${page}/disable`, { reason: 'incident', document: '' })).status).toBe(422);
  const closed = await one.post(`${page}/disable`, { reason: 'incident', document: '125/TB-C06' });
  expect([closed.status, (await one.post(`${page}/disable`, { reason: 'breach', document: '1/TB' })).status]).toEqual([
    303, 409,
  ]);
  expect(await events('portal.disabled')).toEqual([
    { actor: actor(son), data: { reason: 'incident', document: '125/TB-C06' } },
  ]);
  expect((await one.post('/console/portals/proposals/new', FORM)).status).toBe(422);
  expect((await one.get('/console/portals?state=disabled')).body).toContain('Sở Tư pháp');
  expect((await other.post(`${page}/enable`, {})).status).toBe(303);
  expect((await events('portal.enabled')).map((event) => event.actor)).toEqual([actor(quynh)]);
  expect((await one.post('/console/portals/proposals/new', { ...FORM, sector: 'khac.example' })).status).toBe(422);
  const change = await one.get('/console/portals/proposals/new?from=so-tu-phap');
  expect(change.body).toContain('value="12/2026/TT-C06"');
});

test('an auditor sees and changes nothing; confirming wants the passkey fresh, writing down does not', async () => {
  const auditor = await signIn(officerOf('auditor'));
  expect((await auditor.get('/console/portals')).status).toBe(200);
  expect((await auditor.get('/console/portals/proposals/new')).status).toBe(403);
  clock.passSeconds(5 * 60 + 1);
  const proposal = await propose({ portal_id: 'sau-nam-phut' });
  const { location } = await other.post(proposal, APPRAISED);
  expect(location).toContain('/console/re-authenticate');
});
