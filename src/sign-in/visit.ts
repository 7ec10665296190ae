import type { Proof } from '../assurance/proof.ts';
import type { Portal } from '../portals/portal.ts';
import type { Interaction } from '../provider/interactions.ts';
import type { SignIn } from './sign-in.ts';

/** One citizen in front of us, sent by one portal: what the portal asked, what the browser's session and this visit have shown. */
export interface Visit {
  readonly interaction: Interaction;
  readonly portal: Portal;
  readonly signIn: SignIn;
  /** Proofs of the session that count here: none when the portal asked for a fresh sign-in, or somebody else is signing in. */
  readonly sessionProofs: readonly Proof[];
}

/** The proofs of the session, as long as the visit is still about the session's person. */
export function sessionProofsFor(interaction: Interaction, signIn: SignIn): readonly Proof[] {
  const { session } = interaction;
  if (!session || interaction.fresh || signIn.startedOver) return [];
  const isSamePerson = signIn.who === undefined || signIn.who.account?.subject === session.subject;
  return isSamePerson ? session.proofs : [];
}
