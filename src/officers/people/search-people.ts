import { findAccount, findAccountByNationalId, findAccountByPhone } from '../../accounts/find-account.ts';
import type { AccountFacts } from '../../accounts/account.ts';
import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { parseNationalId } from '../../registry/national-id.ts';
import { parsePhoneNumber } from '../../registry/phone-number.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { parseCaseNumber } from '../cases/enrolment-case.ts';
import { selectCaseByNumber } from '../cases/enrolment-case.store.ts';
import { parseDocumentNumber } from '../document-number.ts';
import type { Officer } from '../officer.ts';
import { selectSubjectsByDocument } from './document-search.store.ts';
import { personSearched, searchUnusual } from './events.ts';
import { judgeSearches } from './search-use.policy.ts';
import { countUse } from './search-use.store.ts';

export interface SearchDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Keyring;
}

/** By what a person can be searched; never by name, and never by a part of anything. */
export const SEARCH_BY = ['national_id', 'phone', 'case', 'document'] as const;
export type SearchBy = (typeof SEARCH_BY)[number];

/** One form can name a few people; more than these is no search for one. */
const MOST_FOUND = 5;

export type SearchOutcome =
  | { readonly kind: 'found'; readonly people: readonly AccountFacts[] }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'too_many' };

type Find = () => Promise<readonly AccountFacts[]>;

/**
 * Who has this whole number, phone or document. Each search is counted and audited, with what was searched by and how many
 * were found, never what was typed; too many in an hour are refused, and the auditor hears of unusual ones.
 */
export async function searchPeople(
  deps: SearchDeps,
  officer: Officer,
  by: SearchBy,
  typed: string,
): Promise<SearchOutcome> {
  const find = finderOf(deps, by, typed);
  if (!find) return { kind: 'malformed' };
  const searches = await countUse(deps.cache, officer.officerId, 'searches');
  const use = judgeSearches({ searches, misses: 0 });
  if (use.kind === 'too_many') return use;
  const people = await find();
  const misses = people.length > 0 ? 0 : await countUse(deps.cache, officer.officerId, 'misses');
  const unusual = [use, judgeSearches({ searches: 0, misses })].flatMap((one) => (one.kind === 'unusual' ? [one] : []));
  const events = [personSearched(officer, by, people.length), ...unusual.map(({ why }) => searchUnusual(officer, why))];
  await record(deps.db, events, deps.clock.now());
  return { kind: 'found', people };
}

function finderOf(deps: SearchDeps, by: SearchBy, typed: string): Find | undefined {
  const one = async (found: Promise<AccountFacts | undefined>) => {
    const facts = await found;
    return facts ? [facts] : [];
  };
  switch (by) {
    case 'national_id': {
      const number = parseNationalId(typed);
      return number && (() => one(findAccountByNationalId(deps, number)));
    }
    case 'phone': {
      const phone = parsePhoneNumber(typed);
      return phone && (() => one(findAccountByPhone(deps, phone)));
    }
    case 'case': {
      const number = parseCaseNumber(typed);
      return number === undefined ? undefined : () => one(findByCase(deps, number));
    }
    case 'document': {
      const document = parseDocumentNumber(typed);
      return document === undefined ? undefined : () => findByDocument(deps, document);
    }
    default:
      return unreachable(by);
  }
}

async function findByCase(deps: SearchDeps, caseNumber: number): Promise<AccountFacts | undefined> {
  const found = await selectCaseByNumber(deps.db, deps.keyring, caseNumber);
  return found?.subject && findAccount(deps, found.subject);
}

async function findByDocument(deps: SearchDeps, document: string): Promise<readonly AccountFacts[]> {
  const subjects = await selectSubjectsByDocument(deps.db, document, MOST_FOUND);
  const people = await Promise.all(subjects.map((subject) => findAccount(deps, subject)));
  return people.filter((facts) => facts !== undefined);
}
