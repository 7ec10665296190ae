import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACR_VALUES, isAtLeast } from '../../src/assurance/assurance-level.ts';
import type { AccessFacts } from '../../src/portals/portal-access.policy.ts';
import { KEY_LIMITS, published, rotate } from '../../src/provider/keys/key-rotation.policy.ts';
import { generateSigningKey, type SigningKey } from '../../src/provider/keys/signing-key.ts';
import { afterFailure, LOGOUT_RETRY } from '../../src/provider/logout/logout-retry.policy.ts';
import { mayConnect } from '../../src/provider/outbound/outbound-address.ts';
import { formatGrantId, parseGrantId, type GrantId } from '../../src/provider/sign-on/grant-id.ts';
import { sessionStanding } from '../../src/provider/sign-on/session-standing.policy.ts';
import { wantedAcr } from '../../src/provider/sign-on/wanted-acr.policy.ts';

const acr = fc.constantFrom(...ACR_VALUES);
const word = fc.oneof(acr, fc.string(), fc.constantFrom('loa1', 'LoA4', 'LoA3 ', ''));

test('no request lowers the portal’s minimum', () => {
  fc.assert(
    fc.property(acr, fc.array(word), fc.anything(), fc.boolean(), (minimum, values, value, essential) => {
      const wanted = wantedAcr({ acrValues: values.join(' '), acrClaim: { essential, value, values } }, minimum);
      return wanted.kind === 'impossible' || isAtLeast(wanted.acr, minimum);
    }),
  );
});

test('a single value asked for is never undercut', () => {
  fc.assert(
    fc.property(acr, acr, acr, (minimum, values, value) => {
      const wanted = wantedAcr({ acrValues: values, acrClaim: { essential: true, value } }, minimum);
      return wanted.kind === 'wanted' && isAtLeast(wanted.acr, values) && isAtLeast(wanted.acr, value);
    }),
  );
});

test('a grant id says what was put into it, and nothing else is one', () => {
  const grant = fc.record({
    subject: fc.string(),
    portalId: fc.string(),
    acr,
    issuedAtSeconds: fc.nat(),
    family: fc.string(),
  });
  fc.assert(
    fc.property(grant, (id) => {
      expect(parseGrantId(formatGrantId(id as GrantId))).toEqual(id);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => parseGrantId(text) === undefined));
});

const HOUR_MS = 3_600_000;
const start = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const pair = (): SigningKey[] => [generateSigningKey('current', start), generateSigningKey('next', start)];

test('a key is published a day before it signs and kept a day after', () => {
  const keys = pair();
  const fresh = generateSigningKey('next', start);
  expect(rotate(keys, fresh, after(23 * HOUR_MS), false)).toEqual({ kind: 'too_early', at: after(24 * HOUR_MS) });
  const rotated = rotate(keys, fresh, after(24 * HOUR_MS), false);
  if (rotated.kind !== 'rotated') throw new Error('refused');
  expect(rotated.keys.map(({ state }) => state)).toEqual(['current', 'previous', 'next']);
  expect(published(rotated.keys, after(47 * HOUR_MS))).toHaveLength(3);
  expect(published(rotated.keys, after(48 * HOUR_MS)).map(({ state }) => state)).toEqual(['current', 'next']);
});

test('in an emergency the old key goes within the quarter of an hour', () => {
  const rotated = rotate(pair(), generateSigningKey('next', after(1)), after(1), true);
  if (rotated.kind !== 'rotated') throw new Error('refused');
  expect(published(rotated.keys, after(KEY_LIMITS.emergencyKeepMs + 1))).toHaveLength(2);
});

test('however often keys rotate, one signs and one is next', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 72 }), { maxLength: 20 }), (hours) => {
      let [keys, now] = [pair() as readonly SigningKey[], 0];
      for (const wait of hours) {
        now += wait * HOUR_MS;
        const decision = rotate(keys, generateSigningKey('next', after(now)), after(now), false);
        if (decision.kind === 'rotated') keys = decision.keys;
        const states = published(keys, after(now)).map(({ state }) => state);
        expect(states.filter((state) => state === 'current')).toHaveLength(1);
        expect(states.filter((state) => state === 'next')).toHaveLength(1);
        expect(states[0]).toBe('current');
      }
    }),
    { numRuns: 20 },
  );
});

test('a logout is tried at growing distance for an hour', () => {
  let [at, attempts] = [start, 0];
  const waits: number[] = [];
  for (;;) {
    attempts += 1;
    const next = afterFailure(start, attempts, at);
    if (next.kind === 'give_up') break;
    waits.push(next.at.getTime() - at.getTime());
    at = next.at;
  }
  expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000]);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(at.getTime() - start.getTime()).toBeLessThanOrEqual(LOGOUT_RETRY.giveUpMs);
});

const closed = { allowedHosts: ['portal.intranet'], loopback: false };
test.each([
  ['93.184.215.14', true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
  ['127.0.0.1', false],
  ['127.9.9.9', false],
  ['::1', false],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['172.31.255.255', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['ff02::1', false],
  ['64:ff9b::a9fe:a9fe', false],
  ['2002:7f00:1::', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:127.0.0.1', false],
])('connecting to %s: %s', (address, allowed) => {
  expect(mayConnect('portal.example', address, closed)).toBe(allowed);
});

test('registered intranet portals and, in the sandbox, this machine', () => {
  expect(mayConnect('portal.intranet', '10.0.0.1', closed)).toBe(true);
  expect(mayConnect('x', '127.0.0.1', { allowedHosts: [], loopback: true })).toBe(true);
  expect(mayConnect('x', '10.0.0.1', { allowedHosts: [], loopback: true })).toBe(false);
});

test('a session without an account, or of one without a level, is ended', () => {
  const session = { amr: ['hwk'], authTimeSeconds: 0, signedInAtSeconds: 0 };
  const nobody: AccessFacts = { account: undefined, portal: undefined, decisions: [] };
  expect(sessionStanding(nobody, session, 0)).toEqual({ kind: 'ended' });
});
