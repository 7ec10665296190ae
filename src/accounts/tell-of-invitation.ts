import type { SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import { parsePhoneNumber } from '../registry/phone-number.ts';
import { selectFacts } from './account.store.ts';
import { holderTold } from './events.ts';
import { record } from '../audit/record.ts';
import { selectUntoldInvitation, updateInvitationTold } from './invitation.store.ts';
import { expiryOf, hasLapsed } from './invitation.ts';
import { findReached, givenNameOf } from './find-reached.ts';
import { withLockLink, type TellHolderDeps } from './tell-holder.ts';
import { languageOf } from './account.ts';

/**
 * Tells an invited holder, once: the address to activate at, and for an account in use the link
 * that locks it; the message asks for nothing and holds no code.
 * The seven days count from here (Decree 69/2024 art. 14(1)). Throws when no gateway took it, so that the job is tried
 * again.
 */
export async function tellOfInvitation(
  deps: TellHolderDeps & { readonly issuer: string },
  subject: SubjectId,
): Promise<void> {
  const at = deps.clock.now();
  const invitation = await selectUntoldInvitation(deps.db, subject);
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  if (!invitation || !facts || facts.kind === 'organisation' || hasLapsed(invitation, at)) return;
  const reached = await findReached(deps, facts);
  const to = parsePhoneNumber(reached?.personal.reveal().phone ?? '');
  if (!to) throw new Error('an invited account without a phone');
  const address = `${new URL(deps.issuer).host}/activate`;
  const key = reached?.subject === subject ? invitation.change : 'dependant';
  const said = deps.texts(languageOf(reached ?? facts), `message.invited.${key}`, {
    address,
    name: givenNameOf(facts),
  });
  const text = new Sealed(await withLockLink(deps, facts, said));
  const outcome = await deps.delivery.send({ channel: 'sms', to, text });
  if (outcome.kind === 'failed') throw new Error(`an invited holder could not be told: ${outcome.reason}`);
  await updateInvitationTold(deps.db, invitation, at, expiryOf(at));
  await record(deps.db, holderTold(subject, 'sms'), at);
}
