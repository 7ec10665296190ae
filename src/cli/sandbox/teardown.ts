export interface Teardown {
  /** What to stop at the end; stopped at once if the end has come meanwhile. */
  add<T extends { stop(): Promise<void> }>(part: T): Promise<T>;
  /** Stops every part, the last one first. Safe to call again. */
  run(): Promise<void>;
}

/** Collects what was started, so that an end at any moment of the start leaves nothing behind. */
export function createTeardown(): Teardown {
  const parts: { stop(): Promise<void> }[] = [];
  let running: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    for (let part = parts.pop(); part; part = parts.pop()) await part.stop();
  };
  return {
    async add(part) {
      if (running) {
        await running;
        await part.stop();
        throw new Ended();
      }
      parts.push(part);
      return part;
    },
    run: () => (running ??= stopAll()),
  };
}

/** The start was interrupted; nobody needs to hear of it. */
export class Ended extends Error {}
