import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sealed } from '../../src/kernel/sealed.ts';
import { httpOrganisationRegister } from '../../src/registry/http-organisation-register.ts';
import { httpPopulationRegistry } from '../../src/registry/http-population-registry.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import type { Happening } from '../../src/sandbox/nation/happening.ts';
import { fakeRegistry } from '../support/fake-registry.ts';
import { organisationRegisterContract, type RegisterUnderTest } from '../support/organisation-register.contract.ts';
import { populationRegistryContract } from '../support/population-registry.contract.ts';
import { startRegistryProcess } from '../support/start-registry-process.ts';

const number = parseNationalId('048192000003')!;
const warnings: unknown[] = [];
const log = { warn: (...line: unknown[]) => void warnings.push(line) };
beforeEach(() => void warnings.splice(0));

let stopServer = async (): Promise<void> => undefined;
afterAll(() => stopServer());
let register: RegisterUnderTest | undefined;
populationRegistryContract('the HTTP connector with the registry process', async () => {
  const server = await startRegistryProcess({ REGISTRY_PEOPLE: '1000' });
  stopServer = () => server.stop();
  const address = { baseUrl: server.baseUrl, token: new Sealed(server.token), timeoutMs: 5000 };
  const registry = httpPopulationRegistry({ log }, address);
  const happen = async (happening: Happening) => {
    const response = await server.call('/sandbox/happenings', happening);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  };
  register = { register: httpOrganisationRegister({ log }, address), feed: registry, happen };
  return { registry, happen, close: async () => undefined };
});
organisationRegisterContract('the HTTP connector with the registry process', () => register!);

const fake = fakeRegistry();
organisationRegisterContract('the fake of the tests', () => ({
  register: fake,
  feed: fake,
  happen: async (happening) => fake.happen(happening),
}));
populationRegistryContract('the fake of the tests', async () => {
  const own = fakeRegistry();
  return { registry: own, happen: async (happening) => own.happen(happening), close: async () => undefined };
});

async function behind(answer: RequestListener, timeoutMs = 1000) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`;
  const registry = httpPopulationRegistry({ log }, { baseUrl, token: new Sealed('secret-token'), timeoutMs });
  return { registry, stop: () => void (server.closeAllConnections(), server.close()) };
}
const person = {
  national_id: '048192000003',
  full_name: 'Lê Thuý Hoà',
  birth_date: '1992-02-29',
  gender: 'female',
  nationality: 'Việt Nam',
  card: { status: 'valid' },
};
const json =
  (body: unknown): RequestListener =>
  (_, response) =>
    void response.end(JSON.stringify(body));

test('numbers go in the body, never in the address, with the token', async () => {
  const seen: string[] = [];
  const { registry, stop } = await behind((request, response) => {
    seen.push(request.method!, request.url!, request.headers.authorization!);
    request.on('data', (part: Buffer) => seen.push(part.toString()));
    request.on('end', () => response.end(JSON.stringify({ person })));
  });
  expect((await registry.findPerson(number)).kind).toBe('found');
  expect(seen).toEqual(['POST', '/base/v1/persons/find', 'Bearer secret-token', '{"national_id":"048192000003"}']);
  stop();
});

test.each<[string, RequestListener, string]>([
  ['a 500', (_, response) => void response.writeHead(500).end(), 'status_500'],
  ['a 404, which may be a wrong address', (_, response) => void response.writeHead(404).end('{}'), 'status_404'],
  ['a 401', (_, response) => void response.writeHead(401).end(), 'status_401'],
  ['a redirect', (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end(), 'unreachable'],
  ['no JSON', (_, response) => void response.end('<html>'), 'not_json'],
  ['a cut answer', (request) => void request.socket.destroy(), 'unreachable'],
  ['an endless answer', (_, response) => void response.end(`{"person":"${'x'.repeat(200_000)}"}`), 'too_large'],
  ['silence', () => undefined, 'timeout'],
  ['a drip', (_, response) => void response.write('{'), 'timeout'],
  ['no person', json({}), 'malformed'],
  ['a wrong date', json({ person: { ...person, birth_date: '29/02/1992' } }), 'malformed'],
  ['an unknown card state', json({ person: { ...person, card: { status: 'lost' } } }), 'malformed'],
  ['another person', json({ person: { ...person, national_id: '048192000099' } }), 'another_person'],
])('%s is unavailable, and the log names only the kind', async (_, answer, reason) => {
  // a short deadline only where it is to run out: a busy machine needs longer for the rest
  const { registry, stop } = await behind(answer, reason === 'timeout' ? 300 : 5_000);
  expect(await registry.findPerson(number)).toEqual({ kind: 'unavailable' });
  expect(warnings).toMatchObject([
    [{ feature: '/v1/persons/find', reason: expect.stringContaining(reason) }, expect.any(String)],
  ]);
  expect(JSON.stringify(warnings)).not.toMatch(/0481920000|Thuý|1992|secret-token/);
  stop();
});

test('nobody listening is unavailable, for every operation', async () => {
  const { registry, stop } = await behind(json({}));
  stop();
  const declared = { nationalId: number, fullName: 'x', birthDate: '1992', cardIssuedOn: '2021-04-20' };
  expect(await registry.findPerson(number)).toEqual({ kind: 'unavailable' });
  expect(await registry.findMatching(declared)).toEqual({ kind: 'unavailable' });
  expect(await registry.changesAfter(undefined, 10)).toEqual({ kind: 'unavailable' });
});

test('a change without the new number it speaks of is malformed', async () => {
  const change = { cursor: '1', occurred_at: '2026-01-01T00:00:00Z', kind: 'number_reestablished', person };
  const { registry, stop } = await behind(json({ changes: [{ ...change, national_id: '048192000003' }] }));
  expect(await registry.changesAfter('0', 10)).toEqual({ kind: 'unavailable' });
  stop();
});
