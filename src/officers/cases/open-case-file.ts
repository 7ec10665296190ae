import { record } from '../../audit/record.ts';
import type { Said } from '../../http/locale.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { isInReach } from '../offices-in-reach.ts';
import { selectMember } from '../officer.store.ts';
import type { Reach } from '../officer-permissions.policy.ts';
import type { OfficeId, Officer, OfficerId } from '../officer.ts';
import { selectOffices } from '../office.store.ts';
import { selectCase } from './enrolment-case.store.ts';
import type { CaseId, EnrolmentCase } from './enrolment-case.ts';
import { caseViewed } from './events.ts';

export interface CaseFile {
  readonly one: EnrolmentCase;
  readonly office: Said;
  /** Names of the officers. */
  readonly submittedBy: string;
  readonly decidedBy?: string;
}

/**
 * One case with all that is in it; undefined when there is none in reach. It is a look at a person's data: the reason is the
 * case, and it is audited.
 */
export async function openCaseFile(
  deps: { readonly db: Sql; readonly keyring: Pick<Keyring, 'sealing'>; readonly clock: Clock },
  by: { readonly officer: Officer; readonly reach: Reach },
  caseId: CaseId,
): Promise<CaseFile | undefined> {
  const one = await selectCase(deps.db, deps.keyring, caseId);
  if (!one || !(await isInReach(deps, by.officer, by.reach, one.officeId))) return undefined;
  const nameOf = async (id: OfficerId) => (await selectMember(deps, deps.db, id))?.member.personal.reveal().name ?? id;
  const [offices, submittedBy, decidedBy] = await Promise.all([
    selectOffices(deps.db),
    nameOf(one.submittedBy),
    one.decided && nameOf(one.decided.by),
  ]);
  const officeOf = (id: OfficeId) => offices.find(({ officeId }) => officeId === id);
  const [office, own] = [officeOf(one.officeId), officeOf(by.officer.officeId)];
  if (!office || !own) throw new Error('a case without an office');
  await record(deps.db, caseViewed(by.officer, one, own), deps.clock.now());
  return { one, office: office.name, submittedBy, ...(decidedBy !== undefined && { decidedBy }) };
}
