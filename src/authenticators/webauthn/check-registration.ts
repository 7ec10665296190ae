import { verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server';
import { ALGORITHMS } from './passkey-options.ts';
import type { RelyingParty } from './relying-party.ts';

/** What is kept of a passkey. */
export interface MadePasskey {
  readonly credentialId: Buffer;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly maySync: boolean;
  readonly synced: boolean;
  readonly transports: readonly string[];
  readonly aaguid: string;
}

/** The passkey that a device made for this challenge, the person verified on it; undefined for any answer that is not right. */
export async function checkRegistration(
  relyingParty: RelyingParty,
  expectedChallenge: string,
  response: RegistrationResponseJSON,
): Promise<MadePasskey | undefined> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!registrationInfo) return undefined;
    const { credential, credentialDeviceType, credentialBackedUp, aaguid } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: credential.publicKey,
      counter: credential.counter,
      maySync: credentialDeviceType === 'multiDevice',
      synced: credentialBackedUp,
      transports: credential.transports ?? [],
      aaguid,
    };
  } catch {
    return undefined; // the library throws for every kind of answer that is not right, malformed bytes included
  }
}
