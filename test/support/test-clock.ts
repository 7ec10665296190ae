import type { Clock } from '../../src/kernel/clock.ts';

/** A clock that stands where a test puts it. */
export class TestClock implements Clock {
  #now: Date;
  constructor(now = new Date('2026-11-02T03:00:00Z')) {
    this.#now = now;
  }
  now(): Date {
    return this.#now;
  }
  passSeconds(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}
