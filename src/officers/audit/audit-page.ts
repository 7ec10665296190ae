import { EVENT_KINDS } from '../../audit/event-kinds.ts';
import type { TrailEvent } from '../../audit/trail-query.ts';
import type { Said } from '../../http/locale.ts';
import type { Portal } from '../../portals/portal.ts';
import { parseOfficerId, type OfficerId } from '../officer.ts';
import type { SeatedMember } from '../officer.store.ts';
import { NO_FILTER, trailHref, type FilterValues } from './audit-filter.ts';
import type { ActorLine, EventLine } from './audit.views.ts';

/** Who acts without being an officer: text `console.audit.by.<name>`. */
const KNOWN_ACTORS = ['holder', 'registry', 'clock', 'operator', 'sandbox'];

const OFFICER = 'officer:';

/** The officers among those who act, each once. */
export function officersIn(actors: readonly (string | undefined)[]): readonly OfficerId[] {
  const ids = actors.flatMap((actor) =>
    actor?.startsWith(OFFICER) ? [parseOfficerId(actor.slice(OFFICER.length))] : [],
  );
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The officer whose events the filter asks for; undefined for all others who act. */
export function officerOf(values: FilterValues, officers: ReadonlyMap<string, SeatedMember>) {
  const seated = officers.get(values.actor);
  if (!seated) return undefined;
  const { member, office } = seated;
  return { name: member.personal.reveal().name, office: office.name, allHref: trailHref({ ...values, actor: '' }) };
}

/** An event as the page shows it: who by name, about whom by a link, and the rest as the trail has it. */
export function eventLineOf(
  { kind, at, actor, portal, subject, data }: TrailEvent,
  values: FilterValues,
  found: { readonly officers: ReadonlyMap<string, SeatedMember>; readonly portals: ReadonlyMap<string, Portal> },
): EventLine {
  // the same days, so that the link shows what stood around it
  const days = { ...NO_FILTER, from: values.from, to: values.to };
  return {
    at,
    kind,
    isKnown: Object.hasOwn(EVENT_KINDS, kind),
    ...(actor !== undefined && {
      actor: { ...actorLine(actor, found.officers), href: trailHref({ ...days, actor }) },
    }),
    ...(portal !== undefined && { portal: nameOf(portal, found.portals) }),
    data: Object.entries(data).map(([name, value]) => ({ name, value: String(value) })),
    ...(subject !== undefined && !values.subject && { subjectHref: trailHref({ ...days, subject }) }),
  };
}

function actorLine(actor: string, officers: ReadonlyMap<string, SeatedMember>): ActorLine {
  const seated = officers.get(actor);
  if (seated) return { kind: 'officer', name: seated.member.personal.reveal().name, office: seated.office.name };
  return KNOWN_ACTORS.includes(actor) ? { kind: 'known', by: actor } : { kind: 'as_written', text: actor };
}

const nameOf = (portalId: string, portals: ReadonlyMap<string, Portal>): Said =>
  portals.get(portalId)?.name ?? { vi: portalId, en: portalId };
