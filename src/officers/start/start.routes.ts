import type { Context } from 'koa';
import { findFeedLag } from '../../accounts/registry-feed/find-feed-lag.ts';
import { page } from '../../http/page.ts';
import type { Route } from '../../http/route.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { findAlerts } from '../audit/find-alerts.ts';
import { navigationOf } from '../console-navigation.ts';
import { mayDo } from '../officer-permissions.policy.ts';
import { currentOfficer, officerMay, reachOf } from '../sign-in/officer-guard.routes.ts';
import { findApplicationCounts } from './find-application-counts.ts';
import { findFigures, type FiguresDeps } from './find-figures.ts';
import { figuresModel } from './start-page.ts';

/** Where every officer arrives. */
export function startRoutes(deps: FiguresDeps & { readonly keyring: Keyring }): readonly Route[] {
  async function show(ctx: Context): Promise<void> {
    const officer = currentOfficer(ctx);
    const reach = reachOf(ctx);
    const tasks = navigationOf(officer.role, ctx.path).filter(({ isHere }) => !isHere);
    const figures = figuresModel(await findFigures(deps, officer, reach));
    const lag = reach === 'everywhere' ? { feedLagMinutes: await lagMinutes() } : {};
    const isAuditor = mayDo(officer.role, 'see_audit', 0).kind === 'permitted';
    const alerts = isAuditor ? await findAlerts(deps) : [];
    const seesApplications = mayDo(officer.role, 'see_organisations', 0).kind === 'permitted';
    const applications = seesApplications ? await findApplicationCounts(deps) : undefined;
    page(ctx, 'console/start/start', {
      tasks,
      alerts,
      ...(applications && { applications }),
      figures: { ...figures, ...lag },
    });
  }

  async function lagMinutes(): Promise<number | 'unknown'> {
    const seconds = await findFeedLag(deps);
    return seconds === undefined ? 'unknown' : Math.ceil(seconds / 60);
  }

  return [{ method: 'GET', path: '/console', guard: officerMay('see_figures'), handle: show }];
}
