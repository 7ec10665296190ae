import type { Proof } from './proof.ts';

/** RFC 8176 values that this provider asserts. */
export type Amr = 'pwd' | 'sms' | 'otp' | 'hwk' | 'swk' | 'user' | 'mfa';

const VALUES: Readonly<Record<Exclude<Proof['by'], 'passkey'>, Amr>> = {
  password: 'pwd',
  sms_code: 'sms',
  totp: 'otp',
};

/** The `amr` of a set of proofs, each value once; `mfa` when two different factors stand behind it. */
export function amrOf(proofs: readonly Proof[]): Amr[] {
  const values = new Set<Amr>(
    proofs.flatMap((proof): Amr[] =>
      proof.by === 'passkey' ? [proof.synced ? 'swk' : 'hwk', 'user'] : [VALUES[proof.by]],
    ),
  );
  const hasPasskey = proofs.some((proof) => proof.by === 'passkey');
  if (hasPasskey || (values.has('pwd') && values.size > 1)) values.add('mfa');
  return [...values];
}

/** The proofs that an earlier sign-in of the session stands for: its `amr`, at its `auth_time` (epoch seconds). */
export function proofsOf(amr: readonly string[], atSeconds: number): Proof[] {
  const proofs: Proof[] = [];
  if (amr.includes('pwd')) proofs.push({ by: 'password', atSeconds });
  if (amr.includes('sms')) proofs.push({ by: 'sms_code', atSeconds });
  if (amr.includes('otp')) proofs.push({ by: 'totp', atSeconds });
  if (amr.includes('hwk')) proofs.push({ by: 'passkey', atSeconds, synced: false });
  if (amr.includes('swk')) proofs.push({ by: 'passkey', atSeconds, synced: true });
  return proofs;
}
