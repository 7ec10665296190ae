import type { Route } from '../http/route.ts';
import { registerRoutes, type RegisterDeps } from './register.routes.ts';

export type SelfServiceDeps = RegisterDeps;

/** The citizen's own door: registration. */
export const selfServiceRoutes = (deps: SelfServiceDeps): readonly Route[] => [...registerRoutes(deps)];
