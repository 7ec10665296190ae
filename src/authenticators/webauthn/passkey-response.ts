import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** A response is at most this long; the biggest attestations are a few kilobytes. */
const MAX_FIELD = 16_384;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_FIELD;
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** What a browser sent after asking a passkey, as far as its shape goes; undefined for anything else. */
export function parseAssertion(value: unknown): AuthenticationResponseJSON | undefined {
  const { id, rawId, type, response } = record(value);
  const { clientDataJSON, authenticatorData, signature, userHandle } = record(response);
  const parts = [id, rawId, clientDataJSON, authenticatorData, signature, userHandle];
  if (type !== 'public-key' || !parts.every(isText)) return undefined;
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature, userHandle },
  } as AuthenticationResponseJSON;
}

/** What a browser sent after making a passkey, as far as its shape goes; undefined for anything else. */
export function parseRegistration(value: unknown): RegistrationResponseJSON | undefined {
  const { id, rawId, type, response } = record(value);
  const { clientDataJSON, attestationObject, transports } = record(response);
  if (type !== 'public-key' || ![id, rawId, clientDataJSON, attestationObject].every(isText)) return undefined;
  const known = Array.isArray(transports)
    ? transports.filter((name) => isText(name) && name.length < 20).slice(0, 8)
    : [];
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports: known },
  } as RegistrationResponseJSON;
}

/** The challenge that a response says it answers; undefined when its client data is no JSON object. */
export function challengeOf(clientDataJSON: string): string | undefined {
  try {
    const { challenge } = record(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
    return isText(challenge) ? challenge : undefined;
  } catch {
    return undefined;
  }
}
