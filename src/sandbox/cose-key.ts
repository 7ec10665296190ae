import type { SoftwarePasskey } from './test-person.ts';

/** The public half of a P-256 key as COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR (RFC 9053, 7.1.1). */
export const coseKeyOf = ({ x, y }: Pick<SoftwarePasskey['privateKey'], 'x' | 'y'>): Uint8Array =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]),
  );
