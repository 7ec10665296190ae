import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalAddress, subscriberOf } from '../../src/http/client-address.ts';

describe('one client, one text', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:CB00:7109', '203.0.113.9'],
    ['[2001:DB8::1]', '2001:db8:0:0:0:0:0:1'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['1::', '1:0:0:0:0:0:0:0'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0:0:0:c000:221'],
    ['010.0.0.1', 'unknown'],
    ['', 'unknown'],
    ['localhost', 'unknown'],
  ])('%s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  test('canonical text is a fixed point', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const once = canonicalAddress(address);
        return canonicalAddress(once) === once;
      }),
    );
  });

  test('anything at all is canonical or unknown, never an exception', () => {
    fc.assert(fc.property(fc.string(), (text) => /^([\d.]+|[\da-f:]+|unknown)$/.test(canonicalAddress(text))));
  });
});

test('rotating inside a /64 is still one subscriber, outside it is another', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  fc.assert(
    fc.property(fc.tuple(group, group, group, group), fc.tuple(group, group, group, group), (low, other) => {
      const of = (groups: string[]) => subscriberOf(canonicalAddress(`2001:db8:1:2:${groups.join(':')}`));
      return of(low) === of(other);
    }),
  );
  expect(subscriberOf('2001:db8:1:2:0:0:0:1')).not.toBe(subscriberOf('2001:db8:1:3:0:0:0:1'));
  expect(subscriberOf('203.0.113.9')).toBe('203.0.113.9');
});
