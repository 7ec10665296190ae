import { languageOf } from '../../accounts/account.ts';
import { holderTold } from '../../accounts/events.ts';
import type { TellHolderDeps } from '../../accounts/tell-holder.ts';
import { record } from '../../audit/record.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { parsePhoneNumber } from '../../registry/phone-number.ts';
import { selectCase } from './enrolment-case.store.ts';
import { formatCaseNumber, phoneOfCase, type CaseId } from './enrolment-case.ts';

/** The job that carries the news, after the commit. */
export const TELL_OF_REFUSED_CASE = 'tell_of_refused_case';

/**
 * Tells the applicant that the case was refused, and for what kind of reason (Decree 69/2024 art. 10: the result is made known).
 * The officer's own words are read at the counter: they may name what belongs in no message. Throws when no gateway took it, so
 * that the job is tried again.
 */
export async function tellOfRefusedCase(
  deps: Pick<TellHolderDeps, 'db' | 'keyring' | 'clock' | 'texts' | 'delivery'>,
  caseId: CaseId,
): Promise<void> {
  const one = await selectCase(deps.db, deps.keyring, caseId);
  const detail = one?.detail.reveal();
  if (!one || !detail?.refusal) return;
  const to = parsePhoneNumber(phoneOfCase(detail));
  if (!to) throw new Error('a case without a phone');
  const locale = languageOf({ personal: new Sealed(detail.personal) });
  const text = deps.texts(locale, 'message.case_refused', {
    number: formatCaseNumber(one.caseNumber),
    reason: deps.texts(locale, `cases.code.${detail.refusal.code}`),
  });
  const outcome = await deps.delivery.send({ channel: 'sms', to, text: new Sealed(text) });
  if (outcome.kind === 'failed') throw new Error(`an applicant could not be told: ${outcome.reason}`);
  if (one.subject) await record(deps.db, holderTold(one.subject, 'sms'), deps.clock.now());
}
