import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { SoftwarePasskey } from '../../src/sandbox/test-person.ts';

const PRESENT_VERIFIED_SYNCED = 0b0001_1101;
const base64url = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

/** What a device answers to a challenge with this key, the person verified (WebAuthn Level 3, 6.3.3). */
export function assertPasskey(
  { credentialId, userHandle, privateKey }: SoftwarePasskey,
  options: { readonly challenge: string; readonly rpId?: string },
  origin: string,
): object {
  const client = JSON.stringify({ type: 'webauthn.get', challenge: options.challenge, origin, crossOrigin: false });
  const rpId = sha256(options.rpId ?? new URL(origin).hostname);
  const data = Buffer.concat([rpId, Buffer.from([PRESENT_VERIFIED_SYNCED, 0, 0, 0, 0])]);
  const key = createPrivateKey({ format: 'jwk', key: { ...privateKey } });
  return {
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(client),
      authenticatorData: base64url(data),
      signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), key)),
      userHandle,
    },
  };
}
