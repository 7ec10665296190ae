import type { RecordedEvent } from '../audit/recorded-event.ts';
import type { Said } from '../http/locale.ts';
import type { PortalId } from '../kernel/ids.ts';
import type { HistoryDay, HistoryEntry } from './self-service.views.ts';
import { dayInHanoi } from '../kernel/day.ts';

/** What the holder is shown of the trail, and whether it may be somebody else's doing. `look`: an officer looked. */
const SHOWN: Readonly<Record<string, { readonly unusual: boolean; readonly look?: true }>> = {
  'sign_in.completed': { unusual: false },
  'provider.signed_on': { unusual: false },
  'provider.used_twice': { unusual: true },
  'sign_in.refused': { unusual: false },
  'guardian.confirmed': { unusual: false },
  'password.rejected': { unusual: true },
  'sms_code.rejected': { unusual: true },
  'totp.rejected': { unusual: true },
  'passkey.rejected': { unusual: true },
  'password.set': { unusual: false },
  'totp.enrolled': { unusual: false },
  'totp.removed': { unusual: false },
  'passkey.enrolled': { unusual: false },
  'passkey.removed': { unusual: false },
  'consent.decided': { unusual: false },
  'consent.refused': { unusual: false },
  'consent.withdrawn': { unusual: false },
  'account.opened': { unusual: false },
  'account.moved': { unusual: false },
  'dependant.account_requested': { unusual: false },
  'dependant.looked_at': { unusual: false },
  'dependant.request_refused': { unusual: false },
  'account.locked': { unusual: true },
  'account.lock_ended': { unusual: false },
  'account.signed_out_everywhere': { unusual: false },
  'account.holder_invited': { unusual: false },
  'account.invitation_renewed': { unusual: false },
  'account.holder_activated': { unusual: false },
  'account.record_corrected': { unusual: false },
  'account.number_reestablished': { unusual: false },
  'account.number_cancelled': { unusual: false },
  'account.guardian_changed': { unusual: false },
  'account.phone_claimed': { unusual: true },
  'activation.requested': { unusual: true },
  'registration.requested': { unusual: true },
  'authority_request.granted': { unusual: false },
  'authority_request.refused': { unusual: false },
  'case.submitted': { unusual: false },
  'case.refused': { unusual: false },
  'case.citizen_looked_up': { unusual: false, look: true },
  'case.viewed': { unusual: false, look: true },
  'case.evidence_exported': { unusual: false, look: true },
  'person.looked_at': { unusual: false, look: true },
  'person.number_shown': { unusual: false, look: true },
  'sign_in.acting_chosen': { unusual: false },
  'organisation.application_made': { unusual: true },
  'organisation.application_answered': { unusual: true },
  'organisation.application_received': { unusual: false },
  'organisation.application_granted': { unusual: false },
  'organisation.application_refused': { unusual: false },
  'organisation.application_viewed': { unusual: false, look: true },
  'audit.looked': { unusual: false },
  'audit.exported': { unusual: false },
};

/** What names an account and is not shown to its holder, each with the reason. A kind that is in neither table fails a test. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'account.holder_told': 'the notice itself reached the holder',
  'audit.export_began': 'audit.exported follows, or nothing whole left',
  'authority_request.received': 'undecided: the holder is told of the decision (Decree 69/2024 art. 15)',
  'authority_request.decision_blocked': 'nothing happened to the account',
  'case.decision_refused': 'nothing happened to the account',
  'case.granted': 'account.holder_invited says it',
  'case.invitation_asked_for': 'shows nothing of the person; what comes of it is account.invitation_renewed',
  'organisation.activated': 'an organisation has no history page: its representatives sign in with their own accounts',
  'organisation.application_submitted': 'organisation.application_answered says it',
  'organisation.decision_refused': 'nothing happened to the application',
  'organisation.representatives_changed':
    'an organisation has no history page: its representatives sign in with their own accounts',
  'passkey.accepted': 'sign_in.completed says it',
  'password.accepted': 'sign_in.completed says it',
  'sms_code.accepted': 'sign_in.completed says it',
  'totp.accepted': 'sign_in.completed says it',
  'sms_code.requested': 'the message itself reached the holder',
  'sms_code.not_delivered': 'the holder asks for another',
  'provider.logout_delivered': 'between the portal and us',
  'provider.logout_given_up': 'between the portal and us',
  'registration.completed': 'account.opened says it',
};

export const SHOWN_KINDS: readonly string[] = Object.keys(SHOWN);

/** Events, newest first, as sentences by day in Hà Nội. Text keys: `history.<kind with _>`, `history_way.<way>`. */
export function historyDays(
  events: readonly RecordedEvent[],
  nameOf: (portal: PortalId) => Said | undefined,
): HistoryDay[] {
  const days = new Map<string, { day: Date; entries: HistoryEntry[] }>();
  for (const event of events) {
    const shown = SHOWN[event.kind];
    if (!shown) continue;
    const name = dayInHanoi(event.at);
    const day = days.get(name) ?? { day: event.at, entries: [] };
    days.set(name, day);
    const portal = event.portal && (nameOf(event.portal) ?? { vi: event.portal, en: event.portal });
    day.entries.push({
      at: event.at,
      event: event.kind.replace('.', '_'),
      unusual: shown.unusual,
      ...(portal && { portal }),
      ...(isOfLock(event) && { ground: String(event.data['ground']) }),
      ...(event.kind === 'sign_in.completed' && { way: wayOf(String(event.data['amr'] ?? '')) }),
      ...(shown.look && lookOf(event.data)),
    });
  }
  return [...days.values()];
}

/** Who of the officers looked at the record and, where it was asked, why: as it was recorded then. */
function lookOf({ officeVi, officeEn, reason, document }: RecordedEvent['data']) {
  return {
    office: { vi: String(officeVi), en: String(officeEn) },
    ...(reason !== undefined && { reason: String(reason) }),
    ...(document !== undefined && { document: String(document) }),
  };
}

/** By what a sign-in was made, from its `amr` (RFC 8176). */
function wayOf(amr: string): NonNullable<HistoryEntry['way']> {
  const values = amr.split(' ');
  if (values.includes('hwk') || values.includes('swk')) return 'passkey';
  if (values.includes('otp')) return 'totp';
  return values.includes('sms') ? 'sms_code' : 'password';
}

const isOfLock = ({ kind }: RecordedEvent): boolean => kind === 'account.locked' || kind === 'account.lock_ended';
