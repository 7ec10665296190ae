import { expect, test } from '@jest/globals';
import { LIFETIMES, timeToLive } from '../../src/provider/lifetimes.ts';

const signedInAt = 1_800_000_000;
const sessionLife = (loginTs: number | undefined, now: number) => {
  const life = timeToLive({ now: () => new Date(now * 1_000) })?.Session;
  if (typeof life !== 'function') throw new Error('the session has a fixed life');
  return life({} as never, { loginTs } as never);
};

test.each([
  ['nobody signed in yet', undefined, 0, LIFETIMES.sessionIdle],
  ['just signed in', signedInAt, 0, LIFETIMES.sessionIdle],
  ['used for eleven hours', signedInAt, 11 * 3_600, LIFETIMES.sessionIdle],
  ['ten minutes before its end', signedInAt, 12 * 3_600 - 600, 600],
  ['past its end', signedInAt, 13 * 3_600, 1],
])('a session %s', (_name, loginTs, age, seconds) => {
  expect(sessionLife(loginTs, signedInAt + age)).toBe(seconds);
});
