import type { IncomingMessage } from 'node:http';
import type { SubjectId } from '../../kernel/ids.ts';
import { findPortalAccess, type AccessLook, type ExpectedEvent } from '../../portals/find-portal-access.ts';
import type { PortalDirectory } from '../../portals/portal-directory.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { memoOf, once } from '../store/request-memo.ts';

export interface AccessDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
  readonly directory: Pick<PortalDirectory, 'find'>;
}

/** Account, consents and portal as they are now. One statement a request, however often it is asked, and with its event. */
export function readAccess(
  deps: AccessDeps,
  req: IncomingMessage | undefined,
  subject: SubjectId,
  portalId: string,
  expected?: ExpectedEvent,
): Promise<AccessLook> {
  const portal = deps.directory.find(portalId);
  if (!portal) return Promise.resolve(NOTHING);
  return once(memoOf(req).facts, `${subject} ${portalId}`, () => findPortalAccess(deps, subject, portal, expected));
}

const NOTHING: AccessLook = { account: undefined, portal: undefined, decisions: [], version: '', isRecorded: false };
