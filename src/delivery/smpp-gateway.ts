import type { Sealed } from '../kernel/sealed.ts';
import type { SmppSettings } from './delivery-config.ts';
import { type FailureReason, failed, reasonOf, within } from './failure.ts';
import type { OpenGateway } from './http-sms-gateway.ts';
import type { Message, SendOutcome } from './message.ts';
import { withoutMarks } from './plain-text.ts';
import { recipientOf } from './recipient.ts';
import { BindRefused, type SmppLink, openSmppLink } from './smpp-link.ts';
import { type SmsSegment, segmentsOf } from './sms-segments.ts';

/** SMPP 3.4, table 5-2: system error, message queue full, throttled. */
const BUSY = new Set([0x08, 0x14, 0x58]);
const ALPHANUMERIC = { source_addr_ton: 5, source_addr_npi: 0 };
const INTERNATIONAL = { dest_addr_ton: 1, dest_addr_npi: 1 };
const UDH = 0x40;

/** A short message service centre over SMPP 3.4. One link, bound when first needed and again after it is lost. */
export function createSmppGateway(settings: SmppSettings, password: Sealed<string>): OpenGateway {
  let opening: Promise<SmppLink> | undefined;
  let link: SmppLink | undefined;
  let reference = 0;

  async function bound(): Promise<SmppLink> {
    if (link?.alive === true) return link;
    opening ??= openSmppLink(settings, password).finally(() => {
      opening = undefined;
    });
    link = await opening;
    return link;
  }

  async function submit(message: Message, to: string): Promise<SendOutcome> {
    try {
      const text = settings.plain ? withoutMarks(message.text.reveal()) : message.text.reveal();
      reference = (reference + 1) & 255;
      const segments = segmentsOf(text, reference);
      const open = await bound();
      const answers = await Promise.all(segments.map((part) => open.call('submit_sm', fieldsOf(settings, to, part))));
      const bad = answers.find(({ command_status }) => command_status !== 0);
      return bad === undefined ? { kind: 'accepted' } : failed(reasonOfStatus(bad.command_status));
    } catch (error) {
      return failed(error instanceof BindRefused ? 'not_authorised' : reasonOf(error));
    }
  }

  function drop(): void {
    link?.end();
    link = undefined;
  }

  return {
    name: settings.name,
    async send(message) {
      const to = recipientOf(message);
      if (message.channel !== 'sms' || to === undefined) return failed('malformed_recipient');
      // an answer that does not come in time means a dead link: the next message opens another
      return within(settings.timeoutMs, submit(message, to), drop);
    },
    async close() {
      drop();
    },
  };
}

const fieldsOf = (settings: SmppSettings, to: string, part: SmsSegment): Record<string, unknown> => ({
  ...ALPHANUMERIC,
  ...INTERNATIONAL,
  source_addr: settings.sender,
  destination_addr: to.slice(1),
  data_coding: part.dataCoding,
  esm_class: part.concatenated ? UDH : 0,
  short_message: part.octets,
});

const reasonOfStatus = (status: number): FailureReason => (BUSY.has(status) ? 'busy' : 'refused');
