import type { Route } from '../http/route.ts';
import { auditRoutes, type AuditDeps } from './audit/audit.routes.ts';
import { casesRoutes, type CasesDeps } from './cases/cases.routes.ts';
import { counterRoutes } from './cases/counter.routes.ts';
import { holidaysRoutes } from './holidays/holidays.routes.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { personLocksRoutes } from './people/person-locks.routes.ts';
import type { SearchDeps } from './people/search-people.ts';
import { organisationCasesRoutes, type OrganisationCasesDeps } from './organisations/organisations.routes.ts';
import { portalsRoutes, type PortalsDeps } from './portals/portals.routes.ts';
import { proposalsRoutes } from './portals/proposals.routes.ts';
import { requestsRoutes } from './requests/requests.routes.ts';
import { officerSignInRoutes, type OfficerSignInDeps } from './sign-in/sign-in.routes.ts';
import { enrolRoutes } from './staff/enrol.routes.ts';
import type { EnrolDeps } from './staff/enrol-officer.ts';
import { officesRoutes } from './staff/offices.routes.ts';
import { staffRoutes } from './staff/staff.routes.ts';
import { startRoutes } from './start/start.routes.ts';

export type OfficersDeps = OfficerSignInDeps &
  EnrolDeps &
  CasesDeps &
  SearchDeps &
  AuditDeps &
  PortalsDeps &
  OrganisationCasesDeps;

/** The console: its doors, and a line for each topic. */
export const officersRoutes = (deps: OfficersDeps): readonly Route[] => [
  ...officerSignInRoutes(deps),
  ...startRoutes(deps),
  ...staffRoutes(deps),
  ...officesRoutes(deps),
  ...enrolRoutes(deps),
  ...holidaysRoutes(deps),
  ...counterRoutes(deps),
  ...casesRoutes(deps),
  ...peopleRoutes(deps),
  ...personLocksRoutes(deps),
  ...organisationCasesRoutes(deps),
  ...requestsRoutes(deps),
  ...auditRoutes(deps),
  ...proposalsRoutes(deps),
  ...portalsRoutes(deps),
];
