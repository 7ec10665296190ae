import type { Clock } from '../../kernel/clock.ts';
import { readSigningKeys } from './key-folder.ts';
import { published } from './key-rotation.policy.ts';
import type { SigningKeyState } from './signing-key.ts';

export interface ListedKey {
  readonly kid: string;
  readonly state: SigningKeyState;
  readonly publishedAt: Date;
  readonly keptUntil?: Date;
}

/** The signing keys published now, the one that signs first. Nothing secret. */
export const listKeys = (deps: { clock: Clock }, dir: string): ListedKey[] =>
  published(readSigningKeys(dir), deps.clock.now()).map(({ jwk, state, publishedAt, keptUntil }) => ({
    kid: jwk.kid,
    state,
    publishedAt,
    ...(keptUntil && { keptUntil }),
  }));
