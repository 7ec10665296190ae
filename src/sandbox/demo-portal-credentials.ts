import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { randomToken } from '../kernel/random.ts';
import { DEMO_PORTALS, type DemoPortal } from './demo-portals/registration.ts';

/** By portal: its client secret, or its private key (JWK as JSON) where it signs. */
export type DemoPortalCredentials = Readonly<Record<DemoPortal['id'], string>>;

const FILE = 'demo-portals.json';
const SECRET_BYTES = 32;

/**
 * What the demo portals prove themselves with, from a file of its own in `folder` that only its owner can read. Made at the
 * first start. Two processes that start at once end up with the same file.
 */
export function demoPortalCredentials(folder: string): DemoPortalCredentials {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) writeOnce(file, JSON.stringify(newCredentials(), undefined, 2));
  return JSON.parse(readFileSync(file, 'utf8')) as DemoPortalCredentials;
}

/** The public half of a signing portal's key, as the provider keeps it. */
export function publicJwk(credential: string): JsonWebKey {
  const { kid, ...key } = JSON.parse(credential) as JsonWebKey & { kid: string };
  const half = createPublicKey(createPrivateKey({ format: 'jwk', key })).export({ format: 'jwk' });
  return { ...half, kid, use: 'sig', alg: 'ES256' };
}

const newCredentials = () =>
  Object.fromEntries(
    DEMO_PORTALS.map(({ id, auth }) => [id, auth === 'private_key_jwt' ? newPrivateJwk() : randomToken(SECRET_BYTES)]),
  );

function newPrivateJwk(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: randomToken(8) });
}

function writeOnce(file: string, text: string): void {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, text);
    closeSync(handle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
