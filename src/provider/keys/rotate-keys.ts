import type { Clock } from '../../kernel/clock.ts';
import { readSigningKeys, writeSigningKeys } from './key-folder.ts';
import { rotate } from './key-rotation.policy.ts';
import { generateSigningKey } from './signing-key.ts';

export type RotateOutcome =
  { readonly kind: 'rotated'; readonly signingKid: string } | { readonly kind: 'too_early'; readonly at: Date };

/**
 * Moves every signing key one state on and publishes a new `next`; running providers follow within seconds, without a
 * restart. `too_early` while `next` was not published for 24 hours, unless `emergency` is set.
 */
export function rotateKeys(deps: { clock: Clock }, dir: string, options: { emergency?: boolean } = {}): RotateOutcome {
  const now = deps.clock.now();
  const decision = rotate(readSigningKeys(dir), generateSigningKey('next', now), now, options.emergency ?? false);
  if (decision.kind === 'too_early') return decision;
  writeSigningKeys(dir, decision.keys);
  const signing = decision.keys.find((key) => key.state === 'current');
  if (!signing) throw new Error('a rotation left no key that signs');
  return { kind: 'rotated', signingKid: signing.jwk.kid };
}
