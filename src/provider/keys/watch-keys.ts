import type { Clock } from '../../kernel/clock.ts';
import { readSigningKeys, signingKeysVersion } from './key-folder.ts';
import { published } from './key-rotation.policy.ts';
import type { SigningKey } from './signing-key.ts';

const LOOK_EVERY_MS = 2_000;

/**
 * Calls `onChange` with the keys to publish whenever the file was rewritten or a previous key ran out. It polls: file
 * events do not cross container volumes. A damaged file is told to `onFailure` and the keys at hand stay in use.
 */
export function watchKeys(
  deps: { clock: Clock },
  dir: string,
  handlers: { onChange: (keys: SigningKey[]) => void; onFailure: (error: unknown) => void },
): { stop(): void } {
  let version = signingKeysVersion(dir);
  let keys = readSigningKeys(dir);
  let kids = kidsOf(published(keys, deps.clock.now()));
  const look = () => {
    try {
      const seen = signingKeysVersion(dir);
      if (seen !== version) keys = readSigningKeys(dir);
      version = seen;
      const now = published(keys, deps.clock.now());
      if (kidsOf(now) === kids) return;
      kids = kidsOf(now);
      handlers.onChange(now);
    } catch (error) {
      handlers.onFailure(error);
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

const kidsOf = (keys: readonly SigningKey[]) => keys.map((key) => `${key.state} ${key.jwk.kid}`).join(',');
