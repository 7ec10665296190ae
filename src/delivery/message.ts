import type { Sealed } from '../kernel/sealed.ts';

/** A message on its way out: who gets it and its text, both personal. */
export interface Message {
  readonly channel: 'sms' | 'email';
  /** E.164 number or mail address. */
  readonly to: Sealed<string>;
  readonly subject?: string;
  readonly text: Sealed<string>;
}

/** `accepted` by the gateway, or `failed` so that the next gateway may try. A send never throws for an outage. */
export type SendOutcome = { readonly kind: 'accepted' } | { readonly kind: 'failed'; readonly reason: string };

/** One way out. Interfaces, because several run: HTTP gateway, SMPP, SMTP, the sandbox's outbox. */
export interface MessageGateway {
  readonly name: string;
  /** Sends within the gateway's own deadline (milliseconds in its configuration). */
  send(message: Message): Promise<SendOutcome>;
}

/** What capabilities use to send: tries the gateways of the channel in order. Never call it inside a transaction. */
export interface Delivery {
  send(message: Message): Promise<SendOutcome>;
}
