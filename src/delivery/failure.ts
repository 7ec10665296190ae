import type { SendOutcome } from './message.ts';

/**
 * Why a gateway did not take a message; never with words of the other side, which quote numbers and texts.
 * `refused` and `malformed_recipient` are about this message; the others are about the gateway.
 */
export type FailureReason =
  | 'malformed_recipient'
  | 'refused'
  | 'not_authorised'
  | 'busy'
  | 'bad_answer'
  | 'unreachable'
  | 'timeout'
  | 'defect'
  | 'resting'
  | 'no_gateway';

export const failed = (reason: FailureReason): SendOutcome => ({ kind: 'failed', reason });

/** Whether the gateway itself is to blame, so that the next messages should rather go another way. */
export const isGatewayFault = (reason: string): boolean => reason !== 'refused' && reason !== 'malformed_recipient';

const TIMEOUTS =
  /^(ETIMEDOUT|ESOCKETTIMEDOUT|TimeoutError|AbortError|UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT|UND_ERR_ABORTED)$/;

/** The reason behind an error of the network; looks at its code and name only. */
export function reasonOf(error: unknown): FailureReason {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'bad_answer';
  return [code, name].some((word) => typeof word === 'string' && TIMEOUTS.test(word)) ? 'timeout' : 'unreachable';
}

/** What `work` says, or `timeout` after `ms` milliseconds; `giveUp` then ends what still runs. Never throws. */
export async function within(
  ms: number,
  work: Promise<SendOutcome>,
  giveUp: () => void = () => {},
): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => {
      resolve(failed('timeout'));
      giveUp();
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    return failed(reasonOf(error));
  } finally {
    clearTimeout(timer);
  }
}
