import { isGatewayFault } from '../../delivery/failure.ts';
import type { SendOutcome } from '../../delivery/message.ts';

/** So long after a failed send everybody is told that messages cannot be sent now, whoever asks. */
const REST_SECONDS = 30;

/**
 * Remembers whether messages go out. An answer about one's own message would tell whether there was one to send; so a
 * failure is told only afterwards, and to known and unknown numbers alike.
 */
export interface GatewayWatch {
  isDown(now: Date): boolean;
  noteOutcome(outcome: SendOutcome, at: Date): void;
}

export function createGatewayWatch(): GatewayWatch {
  let failedAt: Date | undefined;
  return {
    isDown: (now) => failedAt !== undefined && now.getTime() - failedAt.getTime() < REST_SECONDS * 1000,
    noteOutcome(outcome, at) {
      if (outcome.kind === 'accepted') failedAt = undefined;
      // a message refused for its own sake says nothing of others: one odd number must not silence everybody's
      else if (isGatewayFault(outcome.reason)) failedAt = at;
    },
  };
}
