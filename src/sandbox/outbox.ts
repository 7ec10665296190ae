import { failed } from '../delivery/failure.ts';
import type { Message, MessageGateway } from '../delivery/message.ts';
import { recipientOf } from '../delivery/recipient.ts';
import type { Clock } from '../kernel/clock.ts';
import { parsePhoneNumber } from '../registry/phone-number.ts';

interface SentMessage {
  readonly to: string;
  readonly channel: Message['channel'];
  readonly subject?: string;
  readonly text: string;
  readonly at: Date;
}

/** The gateway that sends nothing: messages stay in memory, to be read by whoever tries the sandbox. */
export interface Outbox extends MessageGateway {
  /** Newest first; with `to` (a phone in any writing, or a mail address) only that receiver's. */
  sent(to?: string): readonly SentMessage[];
}

const CAPACITY = 1000;

/** An outbox that keeps the last `capacity` messages. */
export function createOutbox(deps: { clock: Clock }, capacity = CAPACITY): Outbox {
  const kept: SentMessage[] = [];
  return {
    name: 'outbox',
    async send(message) {
      const to = recipientOf(message);
      if (to === undefined) return failed('malformed_recipient');
      const { channel, subject, text } = message;
      const sent = { to, channel, text: text.reveal(), at: deps.clock.now() };
      kept.unshift(subject === undefined ? sent : { ...sent, subject });
      kept.splice(capacity);
      return { kind: 'accepted' };
    },
    sent(to) {
      const receiver = to === undefined ? undefined : receiverOf(to);
      return kept.filter((message) => receiver === undefined || receiverOf(message.to) === receiver);
    },
  };
}

/** One writing of a receiver. A `+` that an address bar made a blank is forgiven by the phone parser. */
const receiverOf = (text: string): string => parsePhoneNumber(text)?.reveal() ?? text.trim().toLowerCase();
