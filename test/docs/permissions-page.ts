import { loadTexts } from '../../src/http/texts.ts';
import {
  OFFICER_ACTIONS,
  OFFICER_ROLES,
  type OfficerAction,
  type OfficerRole,
  type Reach,
} from '../../src/officers/officer-permissions.policy.ts';
import { consoleRoutes } from '../officers/console-routes.ts';
import { table } from './markdown-table.ts';

const REACH: Readonly<Record<Reach, string>> = {
  own_office: 'own office',
  own_tree: 'own office and below',
  everywhere: 'everywhere',
};
const texts = loadTexts('views/locales');

/** The permission table of the console, with the addresses that each row guards. */
export function permissionsPage(): string {
  const actions = Object.keys(OFFICER_ACTIONS) as OfficerAction[];
  return `# Who may do what at the console

Printed from \`src/officers/officer-permissions.policy.ts\` and the routes by \`npm run docs:generate\`: change those, not this page.

A cell says how far the role reaches with the action; an empty one means that it is refused with 403 and recorded as
\`officer.refused\`. Actions marked **fresh** want the passkey used within the last 5 minutes.

${table(
  ['Action', ...OFFICER_ROLES.map((role) => texts('en', `console.role.${role}`))],
  actions.map((action) => [
    `\`${action}\`${'fresh' in OFFICER_ACTIONS[action] ? ' **fresh**' : ''}`,
    ...OFFICER_ROLES.map((role) => cell(action, role)),
  ]),
)}

## Addresses

${table(
  ['Action', 'Addresses'],
  actions.map((action) => [`\`${action}\``, addressesOf(action)]),
)}

Open to every officer who is signed in: ${addressesOf(undefined)}.
`;
}

function cell(action: OfficerAction, role: OfficerRole): string {
  const roles: Partial<Record<OfficerRole, Reach>> = OFFICER_ACTIONS[action].roles;
  const reach = roles[role];
  return reach ? REACH[reach] : '';
}

const addressesOf = (action: OfficerAction | undefined): string =>
  consoleRoutes()
    .filter((route) => route.isGuarded && route.action === action)
    .map(({ route }) => `\`${route.method} ${route.path}\``)
    .join(', ');
