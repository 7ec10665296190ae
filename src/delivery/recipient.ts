import type { Message } from './message.ts';

const E164 = /^\+[1-9]\d{7,14}$/;
/** One bare address: nothing that could name a second recipient or start another header. */
const MAIL = /^[^\s,;:<>()[\]"\\@]{1,64}@[^\s,;:<>()[\]"\\@]{1,253}$/;

/** The recipient in clear if it is one well-formed number (sms) or address (email), else undefined. */
export function recipientOf({ channel, to }: Message): string | undefined {
  const recipient = to.reveal();
  return (channel === 'sms' ? E164 : MAIL).test(recipient) ? recipient : undefined;
}
