import { open, type Route } from '../../src/http/route.ts';
import type { OfficerAction } from '../../src/officers/officer-permissions.policy.ts';
import { officersRoutes } from '../../src/officers/officers.routes.ts';
import type { OfficerGuard } from '../../src/officers/sign-in/officer-guard.routes.ts';

export interface ConsoleRoute {
  readonly route: Route;
  readonly isGuarded: boolean;
  /** Absent where any officer may come. */
  readonly action: OfficerAction | undefined;
}

const nothing = { issuer: 'https://id.example.vn' } as never; // routes only name their parts until one is called

/** Every route of the console with the row of the permission table that guards it. */
export const consoleRoutes = (): readonly ConsoleRoute[] =>
  officersRoutes(nothing).map((route) => ({
    route,
    isGuarded: route.guard !== open,
    action: (route.guard as OfficerGuard).action,
  }));
