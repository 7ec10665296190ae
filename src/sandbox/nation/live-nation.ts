import { unreachable } from '../../kernel/unreachable.ts';
import { plusDays } from './calendar.ts';
import type { Citizen, Stay } from './citizen.ts';
import type { Happening, OrganisationHappening, PersonHappening } from './happening.ts';
import { liveOrganisations } from './live-organisations.ts';
import type { Nation } from './nation.ts';
import type { RegisteredOrganisation } from './registered-organisation.ts';

/** A happening as the feed tells it. */
export type Told = ToldOfPerson | ToldOfOrganisation;
interface Place {
  readonly sequence: number;
  readonly occurredAt: string;
}
/** `record` is the person after it. */
export interface ToldOfPerson extends Place {
  readonly happening: PersonHappening;
  readonly record: Citizen;
}
/** `organisation` is the record after it. */
interface ToldOfOrganisation extends Place {
  readonly happening: OrganisationHappening;
  readonly organisation: RegisteredOrganisation;
}

/** The nation with what happened to it since: people as they are now, and the feed. */
export interface LiveNation {
  find(nationalId: string): Citizen | undefined;
  /** Whom the register has in the care of this person now. */
  dependantsOf(guardian: string): readonly Citizen[];
  findOrganisation(taxNumber: string): RegisteredOrganisation | undefined;
  /** Makes it happen; undefined when there is no such person or organisation, or the new number is another's. */
  apply(happening: Happening, occurredAt: string): Told | undefined;
  /** At most `limit` of what happened after `sequence`, oldest first. */
  toldAfter(sequence: number, limit: number): readonly Told[];
}

export function liveNation(nation: Nation, registered: readonly RegisteredOrganisation[] = []): LiveNation {
  const organisations = liveOrganisations(registered);
  /** People that something happened to; undefined for a number that was cancelled. */
  const changed = new Map<string, Citizen | undefined>();
  const feed: Told[] = [];
  let spares = 0;
  const find = (nationalId: string): Citizen | undefined =>
    changed.has(nationalId) ? changed.get(nationalId) : nation.find(nationalId);

  /** The happening with the new number filled in, so that telling it again makes the same. */
  function settled(happening: PersonHappening): PersonHappening {
    if (happening.kind !== 'number_reestablished' || happening.new_national_id !== undefined) return happening;
    let number: string;
    do number = nation.spareNumber(happening.national_id, spares++);
    while (changed.has(number));
    return { ...happening, new_national_id: number };
  }

  return {
    find,
    findOrganisation: (taxNumber) => organisations.find(taxNumber),
    dependantsOf(guardian) {
      const drawn = nation.dependantsOf(guardian).filter(({ nationalId }) => !changed.has(nationalId));
      return [...drawn, ...changed.values()].filter(
        (one) => one !== undefined && one.guardian === guardian,
      ) as Citizen[];
    },
    apply(asked, occurredAt) {
      const place = { sequence: feed.length + 1, occurredAt };
      if ('tax_number' in asked) {
        const organisation = organisations.apply(asked, occurredAt.slice(0, 10));
        if (!organisation) return undefined;
        const told = { ...place, happening: asked, organisation };
        feed.push(told);
        return told;
      }
      const before = find(asked.national_id);
      const happening = settled(asked);
      const isTaken = happening.kind === 'number_reestablished' && find(happening.new_national_id ?? '') !== undefined;
      if (before === undefined || isTaken || !canHappen(before, happening)) return undefined;
      const record = after(before, happening, occurredAt.slice(0, 10));
      if (record.nationalId !== before.nationalId) changed.set(before.nationalId, undefined);
      changed.set(record.nationalId, record);
      const told = { ...place, happening, record };
      feed.push(told);
      return told;
    },
    toldAfter: (sequence, limit) => feed.slice(sequence, sequence + limit),
  };
}

const OF_FOREIGNERS: readonly Happening['kind'][] = [
  'passport_expired',
  'passport_renewed',
  'residence_ended',
  'residence_extended',
];
const OF_CITIZENS: readonly Happening['kind'][] = ['card_issued', 'card_expired', 'card_withdrawn'];

/** Passports and residence are of foreigners, cards of citizens. */
function canHappen({ stay }: Citizen, { kind }: PersonHappening): boolean {
  if (OF_FOREIGNERS.includes(kind)) return stay !== undefined;
  return !OF_CITIZENS.includes(kind) || stay === undefined;
}

/** The person after a happening. `today` is its day, ISO 8601. */
function after(before: Citizen, happening: PersonHappening, today: string): Citizen {
  switch (happening.kind) {
    case 'death':
      return { ...before, deceasedOn: happening.deceased_on ?? today };
    case 'card_issued': {
      const expiresOn = happening.expires_on;
      return {
        ...before,
        card: { issuedOn: happening.issued_on ?? today, ...(expiresOn !== undefined && { expiresOn }) },
      };
    }
    case 'card_expired':
      return { ...before, card: { ...before.card, expiresOn: plusDays(today, -1) } };
    case 'card_withdrawn':
      return { ...before, card: { ...before.card, taken: happening.held ? 'held' : 'withdrawn' } };
    case 'name_corrected':
      return { ...before, fullName: happening.full_name.normalize('NFC') };
    case 'birth_date_corrected':
      return { ...before, birthDate: happening.birth_date };
    case 'number_reestablished':
      return { ...before, nationalId: happening.new_national_id ?? before.nationalId };
    case 'residence_changed':
      return { ...before, address: happening.address };
    case 'guardian_changed': {
      const { guardian: _, ward: _ward, ...rest } = before;
      const { guardian, ward } = happening;
      return guardian === null ? rest : { ...rest, guardian, ...(ward !== undefined && { ward }) };
    }
    case 'passport_expired':
      return withStay(before, ({ passport, ...rest }) => ({
        ...rest,
        passport: { ...passport, expiresOn: plusDays(today, -1) },
      }));
    case 'passport_renewed':
      return withStay(before, ({ passport, ...rest }) => ({
        ...rest,
        passport: { number: happening.number ?? passport.number, issuedOn: today, expiresOn: happening.expires_on },
      }));
    case 'residence_ended':
      return withStay(before, ({ residence, ...rest }) => ({
        ...rest,
        residence: { ...residence, expiresOn: plusDays(today, -1) },
      }));
    case 'residence_extended':
      return withStay(before, ({ residence, ...rest }) => ({
        ...rest,
        residence: { ...residence, issuedOn: today, expiresOn: happening.expires_on },
      }));
    default:
      return unreachable(happening);
  }
}

const withStay = (before: Citizen, change: (stay: Stay) => Stay): Citizen =>
  before.stay ? { ...before, stay: change(before.stay) } : before;
