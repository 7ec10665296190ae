import { expect, test } from '@jest/globals';

import { peopleToTry } from '../../../src/cli/sandbox/people-to-try.ts';
import { showProgress } from '../../../src/cli/sandbox/progress.ts';
import { welcomeScreen } from '../../../src/cli/sandbox/welcome.ts';

test('one screen: the addresses and six people with what to type', () => {
  const people = peopleToTry();
  const screen = welcomeScreen({
    issuer: 'http://localhost:3000',
    portals: [{ name: 'Đất đai', url: 'http://localhost:4003' }],
    people,
  });
  expect(people).toHaveLength(6);
  for (const person of people) expect(screen).toContain(`${person.nationalId}  ${person.name}`);
  expect(screen).toMatch(/Đất đai +http:\/\/localhost:4003\n/);
  expect(screen.split('\n').length).toBeLessThan(50);
  expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('progress tells the steps, and on a terminal makes room for the screen', async () => {
  const plain: string[] = [];
  const progress = showProgress({ write: (text) => plain.push(text) }, () => 0);
  expect(await progress.step('PostgreSQL', async () => 42)).toBe(42);
  progress.clear();
  expect(plain).toEqual(['  ok  PostgreSQL (0 ms)\n']);

  const terminal: string[] = [];
  const drawn = showProgress({ isTTY: true, write: (text) => terminal.push(text) }, () => 0);
  await drawn.step('Redis', async () => {});
  drawn.clear();
  expect(terminal[0]).toBe('  ... Redis\n');
  expect(terminal.at(-1)).toBe('\u001B[1A\u001B[J');
});
