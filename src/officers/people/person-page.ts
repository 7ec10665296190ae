import type { AccountFacts } from '../../accounts/account.ts';
import { LOCK_GROUNDS, type UnlockWay } from '../../accounts/lock-ground.policy.ts';
import { maskNationalId, parseNationalId, formatNationalId } from '../../registry/national-id.ts';
import { maskPhoneNumber, parsePhoneNumber } from '../../registry/phone-number.ts';
import { mayDo, type OfficerAction } from '../officer-permissions.policy.ts';
import type { Officer } from '../officer.ts';
import type { PersonRecord } from './look-at-person.ts';
import type { LockLine, PersonLine, PersonModel } from './people.views.ts';

/** Whether the officer's role has this action at all; a fresh passkey is asked for when it is done. */
const has = (officer: Officer, action: OfficerAction): boolean => mayDo(officer.role, action, 0).kind === 'permitted';

/** Enough to tell two people apart who were found by one document, and no more: `N. H. P. Thảo`. */
function maskName(fullName: string): string {
  const words = fullName.split(' ');
  return words
    .map((word, index) => (index === words.length - 1 ? word : `${word.normalize('NFC').charAt(0)}.`))
    .join(' ');
}

const maskedNumberOf = (nationalId: string): string => {
  const number = parseNationalId(nationalId);
  return number ? maskNationalId(number) : '•••';
};

/** What a search shows: too little to be worth searching for. */
export function personLine({ subject, personal, state, grounds }: AccountFacts): PersonLine {
  const { fullName, nationalId } = personal.reveal();
  return {
    personId: subject,
    maskedName: maskName(fullName),
    maskedNationalId: maskedNumberOf(nationalId),
    state: state === 'active' && grounds.length > 0 ? 'locked' : state,
  };
}

/** The record as this officer's role needs it; the number whole only when it was asked for. */
export function personModel(
  { facts, locks, bodies, look }: PersonRecord,
  officer: Officer,
  options: { readonly isWhole: boolean; readonly done?: string },
): PersonModel {
  const { fullName, nationalId, birthDate, phone } = facts.personal.reveal();
  const number = parseNationalId(nationalId);
  const parsedPhone = phone === undefined ? undefined : parsePhoneNumber(phone);
  const isHere = (way: UnlockWay) =>
    facts.grounds.some((ground) => (LOCK_GROUNDS[ground].endedBy as readonly UnlockWay[]).includes(way));
  const isLive = facts.state === 'active';
  return {
    personId: facts.subject,
    fullName,
    nationalId: options.isWhole && number ? formatNationalId(number) : maskedNumberOf(nationalId),
    isWhole: options.isWhole,
    birthDate,
    ...(parsedPhone && { maskedPhone: maskPhoneNumber(parsedPhone) }),
    state: facts.state,
    ...(facts.level && { level: facts.level }),
    locks: locks.map((lock) => lockLine(lock, bodies.get(lock.entry))),
    why: look,
    may: {
      seeNumber: !options.isWhole && has(officer, 'see_full_number'),
      lock: isLive && !facts.grounds.includes('self_request') && has(officer, 'lock_on_request_of_holder'),
      unlock: isLive && isHere('counter') && has(officer, 'unlock_at_counter'),
      request: isLive && has(officer, 'receive_authority_request'),
    },
    ...(options.done !== undefined && { done: options.done }),
  };
}

function lockLine(
  { ground, placedAt, placedBy, document }: PersonRecord['locks'][number],
  body: string | undefined,
): LockLine {
  const [who = ''] = placedBy.split(':');
  const by = (['holder', 'officer', 'registry'] as const).find((one) => one === who) ?? 'other';
  return {
    ground,
    since: placedAt,
    by,
    ...(document !== undefined && { document }),
    ...(body !== undefined && { body }),
  };
}
