import type { SigningKey } from './signing-key.ts';

const HOUR_MS = 3_600_000;

/** Verifiers cache keys, so a key is published long before its first signature and kept after its last. */
export const KEY_LIMITS = {
  publishLeadMs: 24 * HOUR_MS,
  keepMs: 24 * HOUR_MS,
  /** After a key is compromised: as long as its last tokens may still be on their way. */
  emergencyKeepMs: HOUR_MS / 4,
} as const;

export type RotationDecision =
  | { readonly kind: 'rotated'; readonly keys: readonly SigningKey[] }
  | { readonly kind: 'too_early'; readonly at: Date };

/**
 * `next` becomes `current`, `current` becomes `previous`, `fresh` becomes `next`. Refused while `next` was not published
 * long enough, unless it is an emergency: then verifiers with an old copy of the key set fail for a while, by intention.
 */
export function rotate(
  keys: readonly SigningKey[],
  fresh: SigningKey,
  now: Date,
  emergency: boolean,
): RotationDecision {
  const next = keys.find((key) => key.state === 'next');
  const readyAt = next && next.publishedAt.getTime() + KEY_LIMITS.publishLeadMs;
  if (readyAt !== undefined && readyAt > now.getTime() && !emergency)
    return { kind: 'too_early', at: new Date(readyAt) };
  const keptUntil = new Date(now.getTime() + (emergency ? KEY_LIMITS.emergencyKeepMs : KEY_LIMITS.keepMs));
  const moved = keys.map((key): SigningKey => {
    if (key.state === 'next') return { ...key, state: 'current' };
    if (key.state === 'current') return { ...key, state: 'previous', keptUntil };
    return key;
  });
  return { kind: 'rotated', keys: [...published(moved, now), fresh] };
}

const ORDER = { current: 0, next: 1, previous: 2 } as const;

/** The keys to publish now, the signing one first: the first that matches signs. */
export const published = (keys: readonly SigningKey[], now: Date): SigningKey[] =>
  keys
    .filter((key) => key.keptUntil === undefined || key.keptUntil > now)
    .sort((a, b) => ORDER[a.state] - ORDER[b.state]);
