import {
  APPLICATION_REFUSALS,
  formatApplicationNumber,
  type OrganisationApplication,
} from '../../accounts/organisations/application.ts';
import { recordOf, type OrganisationRecord } from '../../accounts/organisations/organisation-record.ts';
import type { OrganisationRegister } from '../../registry/organisation-register.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { dueIn } from '../cases/due-in.ts';
import { dueTime } from '../holidays/due-time.ts';
import type { ProcessingLimit } from '../holidays/working-days.policy.ts';
import { selectMembersById } from '../officer.store.ts';
import { mayDo } from '../officer-permissions.policy.ts';
import type { Officer, OfficerId } from '../officer.ts';
import { mayDecideApplication, mayReceive } from './application-decision.policy.ts';
import type { ApplicationLine, ApplicationModel, ComparedLine } from './organisations.views.ts';

export interface PageDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
  readonly organisations: OrganisationRegister;
}

/** How long the law gives: 3 working days for data on record, 15 days for what must be verified (Decree 69/2024 art. 13). */
export const limitOf = ({ detail }: OrganisationApplication): ProcessingLimit =>
  detail.reveal().verified ? 'organisation_known' : 'organisation_to_verify';

/** When that time is over; it runs from the last consent. */
export const dueOf = (sql: Sql, one: OrganisationApplication): Promise<Date> =>
  dueTime(sql, one.submittedAt ?? one.madeAt, limitOf(one));

/** An application as a line of the list. */
export async function lineOf(sql: Sql, one: OrganisationApplication, now: Date): Promise<ApplicationLine> {
  const { applicationId, state, madeAt, submittedAt } = one;
  const dueAt = await dueOf(sql, one);
  const isOpen = state === 'submitted' || state === 'received';
  return {
    applicationId,
    number: formatApplicationNumber(one.number),
    name: one.detail.reveal().organisation.name,
    state,
    submittedAt: submittedAt ?? madeAt,
    dueAt,
    ...(isOpen && { due: dueIn(dueAt, now) }),
  };
}

/** The whole application, with what the register says at this moment beside it. */
export async function applicationPage(
  deps: PageDeps,
  one: OrganisationApplication,
  officer: Officer,
  now: Date,
): Promise<ApplicationModel> {
  const { organisation, verified, applicantName, comparison, refusal } = one.detail.reveal();
  const answer = await deps.organisations.findOrganisation(organisation.taxNumber);
  const ids = [one.received?.by, one.decided?.by].filter((id): id is OfficerId => id !== undefined);
  const members = await selectMembersById(deps, deps.db, ids);
  const nameOf = (id: string) => members.find(({ member }) => member.officerId === id)?.member.personal.reveal().name;
  const { received, decided } = one;
  const office = members.find(({ member }) => member.officerId === received?.by)?.office.name;
  const may = (action: 'receive_organisation' | 'decide_organisation') =>
    mayDo(officer.role, action, 0).kind === 'permitted';
  return {
    line: await lineOf(deps.db, one, now),
    verified,
    applicantName,
    compared: comparedLines(organisation, answer.kind === 'found' ? recordOf(answer.value) : undefined),
    register: answer.kind,
    ...(comparison !== undefined && { comparison }),
    ...(received && office && { receivedBy: { name: nameOf(received.by) ?? '', at: received.at, office } }),
    ...(decided && { decidedBy: { name: nameOf(decided.by) ?? '', at: decided.at } }),
    ...(refusal && { refusal }),
    reasons: [],
    may: {
      receive: may('receive_organisation') && mayReceive(one),
      decide: may('decide_organisation') && mayDecideApplication(one, officer.officerId).kind === 'may_decide',
    },
    isOwn: one.state === 'received' && one.touchedBy.includes(officer.officerId),
    codes: APPLICATION_REFUSALS,
    values: { comparison: '', code: '', reason: '' },
  };
}

const FIELDS = ['name', 'taxNumber', 'shortName', 'foreignName', 'headOffice', 'foundedOn'] as const;

function comparedLines(applied: OrganisationRecord, registered: OrganisationRecord | undefined): ComparedLine[] {
  return FIELDS.filter((name) => applied[name] !== undefined || registered?.[name] !== undefined).map((name) => {
    const [before, now] = [applied[name] ?? '', registered?.[name]];
    return { name, applied: before, ...(now !== undefined && { registered: now }), same: before === (now ?? '') };
  });
}
