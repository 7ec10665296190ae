import { mayDo, type OfficerAction, type OfficerRole } from './officer-permissions.policy.ts';

interface Destination {
  /** Text `console.nav.<name>`. */
  readonly name: string;
  readonly href: string;
  readonly action: OfficerAction;
}

/** The pages that stand in the console's menu, in its order. Each is shown to those who may open it, and to nobody else. */
const DESTINATIONS: readonly Destination[] = [
  { name: 'start', href: '/console', action: 'see_figures' },
  { name: 'new_case', href: '/console/cases/new', action: 'open_case' },
  { name: 'cases', href: '/console/cases', action: 'see_cases' },
  { name: 'invitations', href: '/console/invitations', action: 'renew_invitation' },
  { name: 'people', href: '/console/people', action: 'search_person' },
  { name: 'organisations', href: '/console/organisations', action: 'see_organisations' },
  { name: 'requests', href: '/console/requests', action: 'see_authority_requests' },
  { name: 'audit', href: '/console/audit', action: 'see_audit' },
  { name: 'portals', href: '/console/portals', action: 'see_portals' },
  { name: 'officers', href: '/console/officers', action: 'see_officers' },
  { name: 'offices', href: '/console/offices', action: 'see_officers' },
  { name: 'holidays', href: '/console/holidays', action: 'edit_holidays' },
];

export interface NavigationItem {
  readonly name: string;
  readonly href: string;
  readonly isHere: boolean;
}

/** The menu of a role; the item whose address begins this page's is where the officer is. */
export function navigationOf(role: OfficerRole, path: string): readonly NavigationItem[] {
  const shown = DESTINATIONS.filter(({ action }) => mayDo(role, action, 0).kind === 'permitted');
  const isWithin = ({ href }: Destination) => path === href || path.startsWith(`${href}/`);
  const here = shown.filter(isWithin).toSorted((a, b) => b.href.length - a.href.length)[0];
  return shown.map((item) => ({ name: item.name, href: item.href, isHere: item === here }));
}
