import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createHashQueue, hashQueueLimits } from '../../../src/authenticators/password/hash-queue.ts';

test('never more hashes at a time than lanes, never more people than places, and nobody is forgotten', async () => {
  const settings = fc.record({
    lanes: fc.integer({ min: 1, max: 4 }),
    places: fc.integer({ min: 1, max: 30 }),
    people: fc.integer({ min: 1, max: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(settings, fc.scheduler(), async ({ lanes, places, people }, scheduler) => {
      const queue = createHashQueue({ lanes, places });
      let hashing = 0;
      let most = 0;
      const hash = async (failing: boolean) => {
        hashing += 1;
        most = Math.max(most, hashing);
        await scheduler.schedule(Promise.resolve());
        hashing -= 1;
        if (failing) throw new Error('a hash failed');
        return 'hashed';
      };
      const all = Promise.allSettled(
        Array.from({ length: people }, (_, i) => queue.admit((lane) => lane(() => hash(i % 5 === 4)))),
      );
      await scheduler.waitFor(all);
      const answers = await all;
      expect(most).toBeLessThanOrEqual(lanes);
      const busy = answers.filter(
        ({ status, ...rest }) => status === 'fulfilled' && 'value' in rest && rest.value !== 'hashed',
      );
      expect(busy).toHaveLength(Math.max(0, people - places));
      expect(await queue.admit((lane) => lane(async () => 'open again'))).toBe('open again');
    }),
    { numRuns: 50 },
  );
});

test('a machine of any size keeps a thread for passkeys', () => {
  for (const cores of [1, 2, 4, 64]) {
    const { lanes, places } = hashQueueLimits(cores);
    expect(lanes).toBeGreaterThanOrEqual(1);
    expect(lanes).toBeLessThan(4);
    expect(places).toBeGreaterThan(lanes);
  }
});
