import { page } from '../../http/page.ts';
import type { Route } from '../../http/route.ts';
import { navigationOf } from '../console-navigation.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import type { StartModel } from './start.views.ts';

/** Where every officer arrives. */
export const startRoutes = (): readonly Route[] => [
  {
    method: 'GET',
    path: '/console',
    guard: officerMay('see_figures'),
    handle: (ctx) => {
      const tasks = navigationOf(currentOfficer(ctx).role, ctx.path).filter(({ isHere }) => !isHere);
      const model: StartModel = { tasks };
      page(ctx, 'console/start/start', model);
    },
  },
];
