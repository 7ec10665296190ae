import type { Route } from '../http/route.ts';
import { officerSignInRoutes, type OfficerSignInDeps } from './sign-in/sign-in.routes.ts';
import { startRoutes } from './start/start.routes.ts';

export type OfficersDeps = OfficerSignInDeps;

/** The console: its doors, and a line for each topic. */
export const officersRoutes = (deps: OfficersDeps): readonly Route[] => [
  ...officerSignInRoutes(deps),
  ...startRoutes(),
];
