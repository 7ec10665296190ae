import type { Route } from '../http/route.ts';
import { accountSession, type AccountSessionDeps } from './account-session.routes.ts';
import { accountRoutes, type AccountDeps } from './account.routes.ts';
import { activationRoutes, type ActivationDeps } from './activation.routes.ts';
import { authenticatorsRoutes, type AuthenticatorsDeps } from './authenticators.routes.ts';
import { careRoutes, type CareDeps } from './care/care.routes.ts';
import { consentsRoutes, type ConsentsDeps } from './consents.routes.ts';
import { enrolmentRoutes, type EnrolmentDeps } from './enrolment.routes.ts';
import { lockRoutes, type LockDeps } from './lock/lock.routes.ts';
import { unlockRoutes, type UnlockDeps } from './lock/unlock.routes.ts';
import { organisationsRoutes, type OrganisationsDeps } from './organisations/organisations.routes.ts';
import { registerRoutes, type RegisterDeps } from './register.routes.ts';

export type SelfServiceDeps = RegisterDeps &
  ActivationDeps &
  AccountSessionDeps &
  AccountDeps &
  AuthenticatorsDeps &
  ConsentsDeps &
  EnrolmentDeps &
  CareDeps &
  LockDeps &
  OrganisationsDeps &
  UnlockDeps;

/** The citizen's own door: registration, and the pages of the account. */
export function selfServiceRoutes(deps: SelfServiceDeps): readonly Route[] {
  const session = accountSession(deps);
  return [
    ...registerRoutes(deps),
    ...activationRoutes(deps),
    ...session.routes,
    ...accountRoutes(deps, session),
    ...authenticatorsRoutes(deps, session),
    ...enrolmentRoutes(deps, session),
    ...consentsRoutes(deps, session),
    ...careRoutes(deps, session),
    ...lockRoutes(deps, session),
    ...organisationsRoutes(deps, session),
    ...unlockRoutes(deps),
  ];
}
