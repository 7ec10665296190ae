import { expect, jest, test } from '@jest/globals';
import { mayDo, OFFICER_ACTIONS, OFFICER_ROLES } from '../../src/officers/officer-permissions.policy.ts';
import { consoleRoutes } from './console-routes.ts';
import { officerOf, startConsole } from './console.ts';

jest.setTimeout(120_000); // each walks the whole console

const world = await startConsole();
const guarded = consoleRoutes().filter(({ isGuarded }) => isGuarded);
const pathOf = (path: string) => path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000');

test.each(OFFICER_ROLES)('every route of the console as %s: let in, or 403 and an event', async (role) => {
  const officer = officerOf(role);
  const browser = await world.signIn(officer);
  await browser.get('/console');
  for (const { route, action } of guarded.filter((one) => one.action !== undefined)) {
    const isPermitted = mayDo(role, action!, 0).kind === 'permitted';
    const refusals = (await world.events('officer.refused')).length;
    const { status, location } = await browser[route.method === 'GET' ? 'get' : 'post'](pathOf(route.path));
    const events = (await world.events('officer.refused')).slice(refusals);
    const { method, path } = route;
    const seen = { method, path, refused: status === 403, sentAway: location?.includes('sign-in') ?? false, events };
    const refusal = { actor: `officer:${officer.officerId}`, data: { action, role, method, route: path } };
    expect(seen).toEqual({
      method,
      path,
      refused: !isPermitted,
      sentAway: false,
      events: isPermitted ? [] : [refusal],
    });
    expect([status < 500, path]).toEqual([true, path]);
  }
});

test('every guarded route sends somebody without a session to the sign-in, and does nothing', async () => {
  for (const { route } of guarded) {
    const browser = world.browser();
    await browser.get('/console/sign-in');
    const answer = await browser[route.method === 'GET' ? 'get' : 'post'](pathOf(route.path));
    expect([route.path, answer.status, answer.location]).toEqual([
      route.path,
      303,
      expect.stringMatching(/^\/console\/sign-in\?to=/),
    ]);
  }
});

test('every guarded route that changes something takes no form without the token', async () => {
  for (const { route, action } of guarded.filter((one) => one.route.method === 'POST')) {
    const role = OFFICER_ROLES.find((one) => !action || mayDo(one, action, 0).kind === 'permitted')!;
    const browser = await world.signIn(officerOf(role));
    const answer = await fetch(world.origin + pathOf(route.path), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: '',
    });
    expect([route.path, answer.status]).toEqual([route.path, 403]);
  }
});

test('what wants a fresh passkey wants it on every one of its routes', async () => {
  for (const { route, action } of guarded) {
    if (!action || !('fresh' in OFFICER_ACTIONS[action])) continue;
    const role = OFFICER_ROLES.find((one) => mayDo(one, action, 0).kind === 'permitted')!;
    const browser = await world.signIn(officerOf(role));
    await browser.get('/console');
    world.clock.passSeconds(5 * 60 + 1);
    const answer = await browser[route.method === 'GET' ? 'get' : 'post'](pathOf(route.path));
    expect([route.path, answer.location]).toEqual([
      route.path,
      expect.stringMatching(/^\/console\/re-authenticate\?to=/),
    ]);
  }
});

test('only the sign-in and the enrolment are open', () => {
  const open = consoleRoutes().filter(({ isGuarded }) => !isGuarded);
  expect(open.map(({ route }) => `${route.method} ${route.path}`)).toEqual([
    'GET /console/sign-in',
    'POST /console/sign-in',
    'GET /console/enrol/:link',
    'POST /console/enrol/:link',
  ]);
});
