export interface Busy {
  readonly kind: 'busy';
  readonly retryAfterSeconds: number;
}

/** Runs one hash when a lane is free. */
export type HashLane = <T>(hash: () => Promise<T>) => Promise<T>;

export interface HashQueue {
  /**
   * Lets `work` in, which may then hash as often as it must; or answers `busy` at once when too many are inside, so that
   * a flood is shed before anything was counted or looked up. Waiting holds no memory of a hash and no thread.
   */
  admit<T>(work: (lane: HashLane) => Promise<T>): Promise<T | Busy>;
}

export interface HashQueueLimits {
  /** Hashes at a time: 19 MiB and a thread each. Keep below libuv's threads, which passkey verification shares. */
  readonly lanes: number;
  /** People inside at most, waiting ones included. */
  readonly places: number;
}

/** How long a person may wait for a hash, and what one costs a lane (measured: 11 to 40 ms). */
const LONGEST_WAIT_MS = 1_500;
const USUAL_HASH_MS = 25;

/** Limits for a machine with `cores` cores and libuv's usual four threads. */
export function hashQueueLimits(cores: number): HashQueueLimits {
  const lanes = Math.max(1, Math.min(cores, 3));
  return { lanes, places: lanes * Math.floor(LONGEST_WAIT_MS / USUAL_HASH_MS) };
}

export function createHashQueue({ lanes, places }: HashQueueLimits): HashQueue {
  const waiting: (() => void)[] = [];
  let inside = 0;
  let free = lanes;

  const takeLane = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve) => waiting.push(resolve)); // the lane is handed over, never freed in between
  };
  const giveLane = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const lane: HashLane = async (hash) => {
    await takeLane();
    try {
      return await hash();
    } finally {
      giveLane();
    }
  };

  return {
    async admit(work) {
      if (inside >= places) return { kind: 'busy', retryAfterSeconds: Math.ceil(LONGEST_WAIT_MS / 1000) };
      inside += 1;
      try {
        return await work(lane);
      } finally {
        inside -= 1;
      }
    },
  };
}
