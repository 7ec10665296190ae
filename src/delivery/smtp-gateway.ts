import { createTransport } from 'nodemailer';
import type { Sealed } from '../kernel/sealed.ts';
import type { SmtpSettings } from './delivery-config.ts';
import { type FailureReason, failed, reasonOf, within } from './failure.ts';
import type { OpenGateway } from './http-sms-gateway.ts';
import type { Message, SendOutcome } from './message.ts';
import { recipientOf } from './recipient.ts';

/** Mail over SMTP with TLS (none only to loopback). Plain text, one recipient, no tracking of any kind. */
export function createSmtpGateway(settings: SmtpSettings, secrets: ReadonlyMap<string, Sealed<string>>): OpenGateway {
  const password = secrets.get('password');
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    requireTLS: settings.tls === 'starttls',
    ignoreTLS: settings.tls === 'none',
    tls: { minVersion: 'TLSv1.2' },
    ...(settings.user !== undefined && { auth: { user: settings.user, pass: password?.reveal() ?? '' } }),
    pool: true,
    maxConnections: 5,
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
    dnsTimeout: settings.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  async function submit(message: Message, to: string): Promise<SendOutcome> {
    try {
      await transport.sendMail({
        from: settings.from,
        to: { name: '', address: to },
        subject: message.subject ?? '',
        text: message.text.reveal(),
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { kind: 'accepted' };
    } catch (error) {
      return failed(smtpReason(error));
    }
  }

  return {
    name: settings.name,
    async send(message) {
      const to = recipientOf(message);
      if (message.channel !== 'email' || to === undefined) return failed('malformed_recipient');
      return within(settings.timeoutMs, submit(message, to));
    },
    async close() {
      transport.close();
    },
  };
}

/** RFC 5321, 4.2.1: 4xx may work later, 5xx will not. Of the server's words nothing is kept: they quote the address. */
function smtpReason(error: unknown): FailureReason {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (code === 'EAUTH') return 'not_authorised';
  if (typeof responseCode === 'number' && responseCode >= 500) return 'refused';
  if (typeof responseCode === 'number' && responseCode >= 400) return 'busy';
  return reasonOf(error);
}
