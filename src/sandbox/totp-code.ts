import { createHmac } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;
const MODULUS = 1_000_000;

/** The code an authenticator app would show now for a secret (base32): RFC 6238, SHA-1, six digits, 30 s. */
export function totpCode(secret: string, nowSeconds: number): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(nowSeconds / STEP_SECONDS)));
  const mac = createHmac('sha1', fromBase32(secret)).update(step).digest();
  const offset = mac[mac.length - 1]! & 0x0f; // RFC 4226, 5.3: dynamic truncation
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % MODULUS).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
