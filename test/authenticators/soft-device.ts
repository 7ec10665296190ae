import emulatorPackage from 'nid-webauthn-emulator';

// CommonJS: what it exports is on the default import
const { default: WebAuthnEmulator, AuthenticatorEmulator, PasskeysCredentialsMemoryRepository } = emulatorPackage;

export interface SoftDevice {
  /** From now on it asks no finger, face or PIN. */
  stopVerifying(): void;
  create(options: unknown, origin?: string): unknown;
  get(options: unknown, origin?: string): { id: string; response: Record<string, string> };
}

/** A device with passkeys of its own; `verifies` says whether it checks the person's finger, face or PIN. */
export function softDevice({ verifies = true, algorithm = 'ES256' } = {}): SoftDevice {
  const options = { uv: verifies, up: true };
  const emulator = new WebAuthnEmulator(
    new AuthenticatorEmulator({
      algorithmIdentifiers: [algorithm as 'ES256'],
      credentialsRepository: new PasskeysCredentialsMemoryRepository(),
      userMakeCredentialInteraction: (user) => ({ user, options }) as never,
      userGetAssertionInteraction: (user) => ({ user, options }) as never,
    }),
  );
  return {
    stopVerifying: () => {
      options.uv = false;
    },
    create: (creation, origin = 'http://localhost:3000') => emulator.createJSON(origin, creation as never),
    get: (asked, origin = 'http://localhost:3000') => emulator.getJSON(origin, asked as never) as never,
  };
}
