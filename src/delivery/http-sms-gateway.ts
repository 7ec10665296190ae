import { Agent, request } from 'undici';
import type { Sealed } from '../kernel/sealed.ts';
import type { HttpSmsSettings } from './delivery-config.ts';
import { failed, reasonOf } from './failure.ts';
import { fillJson, fillText } from './fill-template.ts';
import type { Message, MessageGateway, SendOutcome } from './message.ts';
import { withoutMarks } from './plain-text.ts';
import { recipientOf } from './recipient.ts';

const ANSWER_BYTES = 64 * 1024;

export interface OpenGateway extends MessageGateway {
  /** Lets go of connections; a later send fails. */
  close(): Promise<void>;
}

/** An SMS provider's HTTP interface as the operator described it. Follows no redirect, reads no long answer. */
export function createHttpSmsGateway(
  settings: HttpSmsSettings,
  secrets: ReadonlyMap<string, Sealed<string>>,
): OpenGateway {
  const agent = new Agent({ connect: { timeout: settings.timeoutMs }, maxResponseSize: ANSWER_BYTES, connections: 32 });
  const secretValues = new Map([...secrets].map(([name, value]) => [`secret.${name}`, value.reveal()]));
  return {
    name: settings.name,
    async send(message) {
      const to = recipientOf(message);
      if (message.channel !== 'sms' || to === undefined) return failed('malformed_recipient');
      const values = new Map([...secretValues, ...valuesOf(message, to, settings.plain)]);
      try {
        const answer = await request(settings.url, {
          method: settings.method,
          headers: headersOf(settings, secretValues),
          body: bodyOf(settings, values),
          dispatcher: agent,
          signal: AbortSignal.timeout(settings.timeoutMs),
        });
        return outcomeOf(settings, answer.statusCode, await answer.body.text());
      } catch (error) {
        return failed(reasonOf(error));
      }
    },
    close: () => agent.destroy(),
  };
}

function valuesOf(message: Message, to: string, plain: boolean): [string, string][] {
  const text = message.text.reveal();
  return [
    ['to', to],
    ['to_digits', to.slice(1)],
    ['to_local', to.startsWith('+84') ? `0${to.slice(3)}` : to],
    ['text', plain ? withoutMarks(text) : text.normalize('NFC')],
  ];
}

function headersOf(settings: HttpSmsSettings, secretValues: ReadonlyMap<string, string>): Record<string, string> {
  const filled = Object.entries(settings.headers).map(([name, value]) => [name, fillText(value, secretValues)]);
  const type = 'json' in settings.body ? 'application/json' : 'application/x-www-form-urlencoded';
  return { 'content-type': type, ...Object.fromEntries(filled) };
}

function bodyOf({ body }: HttpSmsSettings, values: ReadonlyMap<string, string>): string {
  if ('json' in body) return JSON.stringify(fillJson(body.json, values));
  const fields = Object.entries(body.form).map(([name, value]): [string, string] => [name, fillText(value, values)]);
  return new URLSearchParams(fields).toString();
}

function outcomeOf({ success }: HttpSmsSettings, status: number, text: string): SendOutcome {
  if (!success.status.includes(status)) return failed(reasonOfStatus(status));
  if (success.field === undefined) return { kind: 'accepted' };
  const found = valueAt(text, success.field.path);
  if (!['string', 'number', 'boolean'].includes(typeof found)) return failed('bad_answer');
  return found === success.field.equals ? { kind: 'accepted' } : failed('refused');
}

function reasonOfStatus(status: number) {
  if (status === 401 || status === 403) return 'not_authorised';
  if (status === 429 || status >= 500) return 'busy';
  return status >= 400 ? 'refused' : 'bad_answer';
}

function valueAt(text: string, path: string): unknown {
  try {
    return path.split('.').reduce<unknown>((value, key) => {
      return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
    }, JSON.parse(text));
  } catch {
    return undefined;
  }
}
