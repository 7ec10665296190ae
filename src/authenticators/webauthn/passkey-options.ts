import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { RelyingParty } from './relying-party.ts';

/** A person may look for the device; WebAuthn Level 3, 15.1 recommends 5 to 10 minutes. */
export const CEREMONY_SECONDS = 5 * 60;
/** COSE: EdDSA, ES256, RS256. */
export const ALGORITHMS = [-8, -7, -257];
export const HANDLE_BYTES = 32;

/** A fresh challenge, and what a device is asked with it. `only`: no other passkeys than these (base64url). */
export const askPasskey = (
  relyingParty: RelyingParty,
  only: readonly string[] = [],
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: relyingParty.id,
    userVerification: 'required',
    timeout: CEREMONY_SECONDS * 1000,
    ...(only.length > 0 && { allowCredentials: only.map((id) => ({ id })) }),
  });

/**
 * A fresh challenge, and what a device needs to make a passkey. `label`: what the device's list calls the holder; `known`:
 * the passkeys (base64url) they have already.
 */
export const askNewPasskey = (
  relyingParty: RelyingParty,
  holder: { readonly handle: Buffer; readonly label: string; readonly known: readonly string[] },
): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: relyingParty.name,
    rpID: relyingParty.id,
    userID: new Uint8Array(holder.handle),
    userName: holder.label,
    userDisplayName: holder.label,
    timeout: CEREMONY_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: holder.known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
