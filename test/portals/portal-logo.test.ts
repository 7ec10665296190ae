import { expect, test } from '@jest/globals';
import { LOGO_BYTES, readLogo } from '../../src/portals/portal-logo.ts';
import { png } from '../support/png.ts';

// one frame header of 40 x 30, and the two marks around it
const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b08001e0028010111 00ffd9'.replaceAll(' ', ''),
  'hex',
);

test('a PNG and a JPEG are taken under the hash of what they are', () => {
  expect(readLogo(png(), LOGO_BYTES)?.file).toMatch(/^[\w-]{43}\.png$/);
  expect(readLogo(jpeg, LOGO_BYTES)?.file).toMatch(/^[\w-]{43}\.jpg$/);
  expect(readLogo(png(), LOGO_BYTES)?.file).not.toBe(readLogo(png(97), LOGO_BYTES)?.file);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['too many bytes', png(96, 96, { padding: LOGO_BYTES })],
  ['a picture that unpacks to a wall', png(60_000, 4)],
  ['no width', png(0, 10)],
  ['half a picture', png().subarray(0, -6)],
  ['a picture with a page behind it', Buffer.concat([png(), Buffer.from('<script>')])],
  ['a JPEG with a page behind it', Buffer.concat([jpeg, Buffer.from('<script>')])],
  [
    'a JPEG without a frame',
    Buffer.concat([Buffer.from('ffd8ffe00010', 'hex'), Buffer.alloc(20), Buffer.from('ffd9', 'hex')]),
  ],
  [
    'a segment of no length',
    Buffer.concat([Buffer.from('ffd8ffe00000', 'hex'), Buffer.alloc(20), Buffer.from('ffd9', 'hex')]),
  ],
])('%s is no logo', (_what, content) => {
  expect(readLogo(content, LOGO_BYTES)).toBeUndefined();
});
