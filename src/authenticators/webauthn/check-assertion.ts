import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { RelyingParty } from './relying-party.ts';

export interface CheckedAssertion {
  readonly counter: number;
  readonly synced: boolean;
}

/**
 * Whether a device answered this challenge with the key whose public half is given, the person verified on it; undefined for
 * any answer that is not right. Whose key it is, and whether the counter grew, the caller sees to.
 */
export async function checkAssertion(
  relyingParty: RelyingParty,
  publicKey: Buffer,
  expectedChallenge: string,
  response: AuthenticationResponseJSON,
): Promise<CheckedAssertion | undefined> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      // Counter 0: ours is compared where it is written, after the signature, so that no forgery looks like a copied device.
      credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    if (!verified) return undefined;
    return { counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp };
  } catch {
    return undefined; // the library throws for every kind of answer that is not right, malformed bytes included
  }
}
