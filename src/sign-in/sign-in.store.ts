import type { InteractionId } from '../kernel/ids.ts';
import type { Cache } from '../storage/redis.ts';
import { NOTHING_SHOWN, type SignIn } from './sign-in.ts';

const TTL_SECONDS = 900;
const key = (interaction: InteractionId) => `eid:sign-in:${interaction}`;

export async function loadSignIn(cache: Cache, interaction: InteractionId): Promise<SignIn> {
  const found = await cache.get(key(interaction));
  return found ? (JSON.parse(found) as SignIn) : NOTHING_SHOWN;
}

export async function saveSignIn(cache: Cache, interaction: InteractionId, signIn: SignIn): Promise<void> {
  await cache.set(key(interaction), JSON.stringify(signIn), 'EX', TTL_SECONDS);
}
