import {
  ACCOUNT_STATES,
  ACTIVATION_DAYS,
  LIFECYCLE,
  type Condition,
  type Stage,
} from '../../src/accounts/account-lifecycle.policy.ts';
import { LOCK_GROUNDS, mayBeSeveral, type LockGround, type UnlockWay } from '../../src/accounts/lock-ground.policy.ts';
import { table } from './markdown-table.ts';

const NEEDS: Readonly<Record<Condition, string>> = {
  phone_proven: 'a code to the phone on record',
  officer_evidence: "an officer's recorded evidence",
  two_officers: 'two officers',
  guardian_request: "the guardian's request",
  second_factor_bound: 'a passkey or authenticator app',
};
const WAYS: Readonly<Record<UnlockWay, string>> = {
  holder: 'the holder, by passkey',
  counter: 'an officer at the counter',
  authority: 'the body that asked, by an officer and a second one',
  registry: 'the population registry',
};

type From = 'none' | Stage;
const named = (stage: From): string =>
  stage === 'none'
    ? 'no account'
    : `\`${stage.state}\`, ${stage.level === undefined ? 'no level' : `level ${stage.level}`}`;
const nodeOf = (stage: From): string => (stage === 'none' ? '[*]' : `${stage.state}_${stage.level ?? 'none'}`);

/** Every move an account can make, and every ground of lock, as the two tables of the program have them. */
export function lifecyclePage(): string {
  const stages = LIFECYCLE.flatMap(({ from, to }): readonly Stage[] => (from === 'none' ? [to] : [from, to]));
  const nodes = new Map(stages.map((stage) => [nodeOf(stage), `${stage.state} ${stage.level ?? ''}`.trim()]));
  const reached = new Set(stages.map(({ state }) => state));
  const unreached = ACCOUNT_STATES.filter((state) => !reached.has(state));
  return `# The life of an account

Printed from \`src/accounts/account-lifecycle.policy.ts\` and \`src/accounts/lock-ground.policy.ts\` by \`npm run docs:generate\`:
change those, not this page.

## Moves

An account moves only by a row of this table, and only when everything the row needs is on record; each move is an event of the
audit trail. A granted account waits ${ACTIVATION_DAYS} days for its holder. Locks stand beside the state, so that an unlock cannot skip a step.

\`\`\`mermaid
stateDiagram-v2
${[...nodes].map(([node, name]) => `  ${node}: ${name}`).join('\n')}
${LIFECYCLE.map(({ change, from, to }) => `  ${nodeOf(from)} --> ${nodeOf(to)}: ${change}`).join('\n')}
\`\`\`

${table(
  ['Change', 'From', 'To', 'Needs', 'Source'],
  LIFECYCLE.map(({ change, from, to, needs, source }) => [
    `\`${change}\``,
    named(from),
    named(to),
    needs.map((need) => NEEDS[need]).join(', '),
    source,
  ]),
)}
${unreached.length > 0 ? `\nNo row leads to ${unreached.map((state) => `\`${state}\``).join(' or ')}: a case that waits or was refused is no account.\n` : ''}
## Grounds of lock

An account is locked while it has at least one ground, and opens when the last has ended, each in its own way. Too many wrong
attempts are no ground: they wait out a time.

${table(
  ['Ground', 'Of whom', 'Holder told at once', 'Ended by', 'Several at once', 'Source'],
  Object.entries(LOCK_GROUNDS).map(([ground, { holders, notifiesHolder, endedBy, source }]) => [
    `\`${ground}\``,
    holders.join(', '),
    notifiesHolder ? 'yes' : 'no',
    endedBy.map((way) => WAYS[way]).join('; ') || 'nobody',
    mayBeSeveral(ground as LockGround) ? 'yes' : 'no',
    source,
  ]),
)}
`;
}
