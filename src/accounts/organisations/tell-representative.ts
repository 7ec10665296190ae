import { record } from '../../audit/record.ts';
import type { TextValues } from '../../http/texts.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { selectFacts } from '../account.store.ts';
import { languageOf } from '../account.ts';
import { holderTold } from '../events.ts';
import type { LockGround } from '../lock-ground.policy.ts';
import type { TellHolderDeps } from '../tell-holder.ts';
import type { OrganisationRecord } from './organisation-record.ts';

/** Texts `message.organisation.<said>`. */
export type Said = 'locked' | 'unlocked' | 'lock_ended' | 'invited' | 'asked';

/**
 * Tells one representative in their language, with the name of the organisation; neither code nor link that does anything in it.
 * Nothing without a phone, or after a death. Throws when no gateway took it, so that the job is tried again.
 */
export async function tellRepresentative(
  deps: TellHolderDeps,
  subject: SubjectId,
  { name, shortName }: Pick<OrganisationRecord, 'name' | 'shortName'>,
  said: Said,
  { ground, ...values }: { readonly ground?: LockGround } & TextValues = {},
): Promise<void> {
  const person = await selectFacts(deps.db, deps.keyring, subject);
  const phone = person?.personal.reveal().phone;
  if (!person || phone === undefined || person.grounds.includes('death')) return;
  const locale = languageOf(person);
  const reason = ground === undefined ? '' : deps.texts(locale, `message.lock_reason.${ground}`);
  const text = deps.texts(locale, `message.organisation.${said}`, { name: shortName ?? name, reason, ...values });
  const outcome = await deps.delivery.send({ channel: 'sms', to: new Sealed(phone), text: new Sealed(text) });
  if (outcome.kind === 'failed') throw new Error(`a representative could not be told: ${outcome.reason}`);
  await record(deps.db, holderTold(subject, 'sms'), deps.clock.now());
}

/** Where representatives see their organisations, as it stands in a message. */
export const organisationsAddress = (issuer: string): string => `${new URL(issuer).host}/account/organisations`;
