import type { RecordedEvent } from '../audit/recorded-event.ts';
import type { Said } from '../http/locale.ts';
import type { PortalId } from '../kernel/ids.ts';
import type { HistoryDay, HistoryEntry } from './self-service.views.ts';
import { dayInHanoi } from '../kernel/day.ts';

/** What the holder is shown of the trail, and whether it may be somebody else's doing. */
const SHOWN: Readonly<Record<string, { readonly unusual: boolean }>> = {
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
  'account.locked': { unusual: true },
  'account.lock_ended': { unusual: false },
  'account.signed_out_everywhere': { unusual: false },
  'person.looked_at': { unusual: false },
  'registration.requested': { unusual: true },
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
      ...(event.kind === 'sign_in.completed' && { way: wayOf(String(event.data['amr'] ?? '')) }),
      ...(event.kind === 'person.looked_at' && lookOf(event.data)),
    });
  }
  return [...days.values()];
}

/** Who of the officers looked at the record and why, as it was recorded then. */
function lookOf(data: RecordedEvent['data']): Pick<HistoryEntry, 'office' | 'reason' | 'document'> {
  const document = data['document'];
  return {
    office: { vi: String(data['officeVi']), en: String(data['officeEn']) },
    reason: String(data['reason']),
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
