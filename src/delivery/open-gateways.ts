import type { Gateways } from './deliver.ts';
import { type DeliverySettings, type SecretSource, readSecrets } from './delivery-config.ts';
import { type OpenGateway, createHttpSmsGateway } from './http-sms-gateway.ts';
import { createSmppGateway } from './smpp-gateway.ts';
import { createSmtpGateway } from './smtp-gateway.ts';

/** The configured gateways, ready to send; no connection is made yet. Throws OperatorError for a missing secret. */
export function openGateways(
  settings: DeliverySettings,
  source: SecretSource,
): { gateways: Gateways; close(): Promise<void> } {
  const sms = settings.sms.map((one): OpenGateway => {
    if (one.kind === 'http') return createHttpSmsGateway(one, readSecrets(one.secrets, one.name, source));
    const password = readSecrets({ password: one.password }, one.name, source).get('password')!;
    return createSmppGateway(one, password);
  });
  const email = settings.email.map((one): OpenGateway => {
    const refs = one.password === undefined ? {} : { password: one.password };
    return createSmtpGateway(one, readSecrets(refs, one.name, source));
  });
  return {
    gateways: { sms, email },
    async close() {
      await Promise.all([...sms, ...email].map((gateway) => gateway.close()));
    },
  };
}
