import { expect, test } from '@jest/globals';

import { createTeardown, Ended } from '../../../src/cli/sandbox/teardown.ts';

const part = (name: string, stopped: string[]) => ({ stop: async () => void stopped.push(name) });

test('stops the last one first, and once', async () => {
  const stopped: string[] = [];
  const teardown = createTeardown();
  await teardown.add(part('database', stopped));
  await teardown.add(part('provider', stopped));
  await Promise.all([teardown.run(), teardown.run()]);
  expect(stopped).toEqual(['provider', 'database']);
});

test('what finishes starting after the end began is stopped at once', async () => {
  const stopped: string[] = [];
  const teardown = createTeardown();
  await teardown.run();
  await expect(teardown.add(part('late', stopped))).rejects.toBeInstanceOf(Ended);
  expect(stopped).toEqual(['late']);
});
