import { HANDLE_BYTES } from '../../authenticators/webauthn/passkey-options.ts';
import { record } from '../../audit/record.ts';
import { randomBuffer, randomId } from '../../kernel/random.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import { officeAdded, officerInvited } from '../events.ts';
import { insertOffice, selectOffices } from '../office.store.ts';
import { countMembers, insertMember } from '../officer.store.ts';
import type { OfficeId, OfficerId } from '../officer.ts';
import type { StaffPersonal } from '../staff-member.ts';
import { replaceLink, type EnrolmentLink } from './enrolment-link.store.ts';
import type { StaffDeps } from './invite-officer.ts';
import { mayMakeByCommand } from './staff.policy.ts';

const TOP = 'ministry' as OfficeId;

export type FirstAdministratorOutcome =
  | { readonly kind: 'made'; readonly link: EnrolmentLink }
  /** Two can sign in: they invite and confirm in the console. */
  | { readonly kind: 'enough' }
  /** There is no office at the top yet, and no name was given for it. */
  | { readonly kind: 'office_missing' };

/**
 * Makes a security administrator with nobody to confirm it: the operator's command alone calls this, and only while fewer than
 * two can sign in, since one invites and another confirms. `officeName`: of the office at the top, when there is none yet.
 */
export function makeFirstAdministrator(
  deps: StaffDeps,
  personal: Sealed<StaffPersonal>,
  officeName: string | undefined,
  actor: string,
): Promise<FirstAdministratorOutcome> {
  return inTransaction(deps.db, async (sql): Promise<FirstAdministratorOutcome> => {
    if (!mayMakeByCommand(await countMembers(sql, 'security_administrator'))) return { kind: 'enough' };
    const at = deps.clock.now();
    const officeId = await topOffice(sql, officeName, actor, at);
    if (!officeId) return { kind: 'office_missing' };
    const member = {
      officerId: randomId() as OfficerId,
      officeId,
      role: 'security_administrator',
      state: 'confirmed',
      personal,
      handle: randomBuffer(HANDLE_BYTES),
    } as const;
    await insertMember(deps, sql, member, at);
    await record(sql, officerInvited(actor, member), at);
    return { kind: 'made', link: await replaceLink(sql, member.officerId, at) };
  });
}

async function topOffice(sql: Sql, name: string | undefined, actor: string, at: Date): Promise<OfficeId | undefined> {
  const top = (await selectOffices(sql)).find(({ parentId }) => parentId === undefined);
  if (top || name === undefined) return top?.officeId;
  await insertOffice(sql, { officeId: TOP, tier: 'ministry', name: { vi: name, en: name } });
  await record(sql, officeAdded(actor, TOP), at);
  return TOP;
}
