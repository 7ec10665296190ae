import type { Logger } from 'pino';
import type { Clock } from '../kernel/clock.ts';
import { failed, isGatewayFault, within } from './failure.ts';
import { FRESH, type GatewayRecord, afterAttempt, gatewayOrder } from './gateway-order.policy.ts';
import type { Delivery, Message, MessageGateway, SendOutcome } from './message.ts';

export type Gateways = Readonly<Record<Message['channel'], readonly MessageGateway[]>>;

export interface DeliveryOptions {
  /** Milliseconds a whole send may take, over all gateways. */
  readonly totalMs?: number;
  /** Milliseconds a failing gateway is tried last. */
  readonly restMs?: number;
}

/**
 * Sends by the first gateway of the channel that takes the message; one that failed rests a while and is tried last.
 * The outcome comes within `totalMs` and is never an exception.
 */
export function createDelivery(
  gateways: Gateways,
  deps: { clock: Clock; log: Pick<Logger, 'warn'> },
  { totalMs = 12_000, restMs = 30_000 }: DeliveryOptions = {},
): Delivery {
  const records = new Map<MessageGateway, GatewayRecord>();
  const recordOf = (gateway: MessageGateway): GatewayRecord => records.get(gateway) ?? FRESH;
  const now = (): number => deps.clock.now().getTime();

  async function attempt(gateway: MessageGateway, message: Message): Promise<SendOutcome> {
    const outcome = await sendSafely(gateway, message);
    const healthy = outcome.kind === 'accepted' || !isGatewayFault(outcome.reason);
    records.set(gateway, afterAttempt(recordOf(gateway), healthy, now(), restMs));
    if (outcome.kind === 'failed') {
      const { channel } = message;
      deps.log.warn({ event: 'message_failed', gateway: gateway.name, channel, reason: outcome.reason });
    }
    return outcome;
  }

  return {
    async send(message) {
      const candidates = gateways[message.channel];
      if (candidates.length === 0) return failed('no_gateway');
      let over = false;
      const tryAll = async (): Promise<SendOutcome> => {
        let last = failed('resting');
        for (const i of gatewayOrder(candidates.map(recordOf), now())) {
          const gateway = candidates[i];
          if (over || gateway === undefined) break;
          last = await attempt(gateway, message);
          if (last.kind === 'accepted') break;
        }
        return last;
      };
      return within(totalMs, tryAll(), () => {
        over = true;
      });
    },
  };
}

async function sendSafely(gateway: MessageGateway, message: Message): Promise<SendOutcome> {
  try {
    return await gateway.send(message);
  } catch {
    return failed('defect');
  }
}
