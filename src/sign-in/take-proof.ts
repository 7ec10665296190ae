import { listAuthenticators } from '../authenticators/list-authenticators.ts';
import type { Proof } from '../assurance/proof.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { saveSignIn } from './sign-in.store.ts';
import type { Held } from './sign-in.ts';
import type { Visit } from './visit.ts';

export interface TakeProofDeps {
  readonly db: Database;
  readonly cache: Cache;
}

/** Adds what was just verified to the facts of the visit, and gives the visit as it stands now. `known`: what the account holds. */
export async function takeProof(
  deps: TakeProofDeps,
  visit: Visit,
  subject: SubjectId,
  proof: Proof,
  known = visit.signIn.held,
): Promise<Visit> {
  const held = known ?? (await readHeld(deps, subject));
  return keepVisit(deps, { ...visit, signIn: { ...visit.signIn, held, proofs: [...visit.signIn.proofs, proof] } });
}

/** What the account can show. One statement. */
export async function readHeld(deps: { db: Database }, subject: SubjectId): Promise<Held> {
  const enrolled = await listAuthenticators(deps, subject);
  return { totp: enrolled.totp !== undefined, passkey: enrolled.passkeys.length > 0 };
}

/** Saves the facts of a visit. */
export async function keepVisit(deps: { cache: Cache }, visit: Visit): Promise<Visit> {
  await saveSignIn(deps.cache, visit.interaction.id, visit.signIn);
  return visit;
}
