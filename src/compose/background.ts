import type { Logger } from 'pino';
import { ACCOUNT_TASKS, FACTOR_NEWS, type FactorNews } from '../accounts/account-jobs.ts';
import { letInvitationsLapse } from '../accounts/let-invitations-lapse.ts';
import { LOCK_GROUNDS, type LockGround } from '../accounts/lock-ground.policy.ts';
import { checkRecords } from '../accounts/registry-feed/check-records.ts';
import { startFeedWorker } from '../accounts/registry-feed/feed-worker.ts';
import { forgetAppliedChanges } from '../accounts/registry-feed/forget-applied-changes.ts';
import { tellOfFactor, tellOfLock, tellOfPhone, tellOfRefusal, tellOfUnlock } from '../accounts/tell-holder.ts';
import { parseApplicationId, type ApplicationId } from '../accounts/organisations/application.ts';
import { tellOfApplication } from '../accounts/organisations/tell-of-application.ts';
import { listRepresentatives } from '../accounts/organisations/list-representatives.ts';
import {
  tellRepresentativesOfGrant,
  tellRepresentativesOfLock,
  tellRepresentativesOfUnlock,
} from '../accounts/organisations/tell-representatives.ts';
import { tellOfInvitation } from '../accounts/tell-of-invitation.ts';
import { keepAuditMonths } from '../audit/keep-audit-months.ts';
import type { Delivery } from '../delivery/message.ts';
import type { Texts } from '../http/texts.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { parseCaseId, type CaseId } from '../officers/cases/enrolment-case.ts';
import { TELL_OF_REFUSED_CASE, tellOfRefusedCase } from '../officers/cases/tell-of-refused-case.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import { endActing } from '../provider/end-acting.ts';
import { endSessions } from '../provider/end-sessions.ts';
import type { PopulationRegistry } from '../registry/population-registry.ts';
import { runJobs, type Work } from '../storage/jobs/run-jobs.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';

export interface BackgroundDeps {
  /** A pool of its own, so that requests and jobs do not wait for one another. */
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly registry: PopulationRegistry;
  readonly delivery: Delivery;
  readonly texts: Texts;
  readonly portals: PortalDirectory;
  readonly issuer: string;
  /** Has the portals hear now of the logouts that were queued. */
  readonly tellPortals: () => void;
}

/** Times are UTC: the night in Việt Nam, after the day has changed there. */
const DAILY = {
  let_invitations_lapse: '17:10',
  check_records: '17:20',
  keep_audit_months: '18:00',
  forget_applied_changes: '18:10',
} as const;

/** What goes on beside the requests: the registry's feed, and the jobs. */
export async function startBackground(deps: BackgroundDeps): Promise<{ stop(): Promise<void> }> {
  const jobs = await runJobs(deps, tasksOf(deps), DAILY);
  const feed = startFeedWorker(deps);
  return {
    async stop() {
      await feed.stop();
      await jobs.stop();
    },
  };
}

function tasksOf(deps: BackgroundDeps): Record<string, Work> {
  const daily: Record<keyof typeof DAILY, Work> = {
    let_invitations_lapse: async () => void (await letInvitationsLapse(deps)),
    check_records: async () => void (await checkRecords(deps)),
    keep_audit_months: async () => keepAuditMonths(deps),
    forget_applied_changes: async () => forgetAppliedChanges(deps),
  };
  const sessionDeps = { ...deps, directory: deps.portals };
  return {
    ...daily,
    [ACCOUNT_TASKS.endSessions]: async (payload) => {
      const subject = subjectIn(payload);
      await endSessions(sessionDeps, subject);
      for (const one of await listRepresentatives(deps, subject)) await endActing(sessionDeps, one, subject);
      deps.tellPortals();
    },
    [ACCOUNT_TASKS.endActing]: async (payload) => {
      await endActing(sessionDeps, subjectIn({ subject: payload['representative'] }), subjectIn(payload));
      deps.tellPortals();
    },
    [ACCOUNT_TASKS.tellOfLock]: async (payload) => {
      await tellOfLock(deps, subjectIn(payload), groundIn(payload));
      await tellRepresentativesOfLock(deps, subjectIn(payload), groundIn(payload));
    },
    [ACCOUNT_TASKS.tellOfUnlock]: async (payload) => {
      await tellOfUnlock(deps, subjectIn(payload), groundIn(payload));
      await tellRepresentativesOfUnlock(deps, subjectIn(payload), groundIn(payload));
    },
    [ACCOUNT_TASKS.tellOfRefusal]: async (payload) => tellOfRefusal(deps, subjectIn(payload)),
    [ACCOUNT_TASKS.tellOfInvitation]: async (payload) => {
      await tellOfInvitation(deps, subjectIn(payload));
      await tellRepresentativesOfGrant(deps, subjectIn(payload));
    },
    [ACCOUNT_TASKS.tellOfFactor]: async (payload) => tellOfFactor(deps, subjectIn(payload), newsIn(payload)),
    [ACCOUNT_TASKS.tellOfApplication]: async (payload) =>
      tellOfApplication(deps, subjectIn(payload), applicationIn(payload)),
    [TELL_OF_REFUSED_CASE]: async (payload) => tellOfRefusedCase(deps, caseIn(payload)),
    [ACCOUNT_TASKS.tellOfPhone]: async (payload) => tellOfPhone(deps, subjectIn(payload)),
  };
}

function subjectIn(payload: Readonly<Record<string, unknown>>): SubjectId {
  const { subject } = payload;
  if (typeof subject !== 'string') throw new Error('a job without its subject');
  return subject as SubjectId;
}

function groundIn(payload: Readonly<Record<string, unknown>>): LockGround {
  const { ground } = payload;
  if (typeof ground !== 'string' || !Object.hasOwn(LOCK_GROUNDS, ground)) throw new Error('a job without its ground');
  return ground as LockGround;
}

function applicationIn({ application }: Readonly<Record<string, unknown>>): ApplicationId {
  const id = typeof application === 'string' ? parseApplicationId(application) : undefined;
  if (!id) throw new Error('a job without its application');
  return id;
}

function caseIn({ case: text }: Readonly<Record<string, unknown>>): CaseId {
  const id = typeof text === 'string' ? parseCaseId(text) : undefined;
  if (!id) throw new Error('a job without its case');
  return id;
}

function newsIn({ what }: Readonly<Record<string, unknown>>): FactorNews {
  const news = FACTOR_NEWS.find((one) => one === what);
  if (!news) throw new Error('a job without its news');
  return news;
}
