import type { Context } from 'koa';
import type { Acr } from '../assurance/assurance-level.ts';
import { page } from '../http/page.ts';
import { open, type Route } from '../http/route.ts';
import { query } from '../http/serve-routes.ts';
import { epochSeconds, type Clock } from '../kernel/clock.ts';
import { describeOfficer, TEST_STAFF } from './officers.ts';
import type { Outbox } from './outbox.ts';
import { TEST_PEOPLE } from './people.ts';
import type { SandboxHomeModel, TryPerson } from './sandbox.views.ts';
import { describePerson, passkeyOf, type TestPerson } from './test-person.ts';
import { totpCode } from './totp-code.ts';

export interface DemoPortalLink {
  readonly name: { readonly vi: string; readonly en: string };
  readonly url: string;
  readonly wants: Acr;
}

interface SandboxDeps {
  readonly outbox: Outbox;
  readonly portals: readonly DemoPortalLink[];
  readonly clock: Clock;
}

/** What a newcomer to the sandbox looks at. Mounted in the sandbox only: elsewhere these addresses do not exist. */
export function sandboxRoutes(deps: SandboxDeps): Route[] {
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, guard: open, handle });
  return [
    get('/sandbox', (ctx) => page(ctx, 'sandbox/home', homeModel(deps))),
    get('/sandbox/people.json', (ctx) =>
      answerJson(
        ctx,
        TEST_PEOPLE.map((person) => describePerson(person, epochSeconds(deps.clock.now()))),
      ),
    ),
    get('/sandbox/passkeys.json', (ctx) => answerJson(ctx, TEST_PEOPLE.flatMap(passkeyOf))),
    get('/sandbox/officers.json', (ctx) => answerJson(ctx, TEST_STAFF.officers.map(describeOfficer))),
    get('/sandbox/outbox', (ctx) => {
      const to = query(ctx, 'to');
      page(ctx, 'sandbox/outbox', { ...(to !== undefined && { to }), messages: deps.outbox.sent(to) });
    }),
    get('/sandbox/outbox.json', (ctx) => answerJson(ctx, deps.outbox.sent(query(ctx, 'to')))),
  ];
}

function answerJson(ctx: Context, body: object): void {
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = JSON.stringify(body);
}

function homeModel({ portals, clock }: SandboxDeps): SandboxHomeModel {
  const nowSeconds = epochSeconds(clock.now());
  const newcomer = TEST_PEOPLE.find(({ account, citizen }) => !account && citizen.phone && citizen.card.issuedOn);
  const { citizen } = newcomer ?? {};
  const household = tryHousehold();
  return {
    portals,
    ...(household && { household }),
    people: TEST_PEOPLE.filter(({ account }) => account).map((person) => tryPerson(person, nowSeconds)),
    ...(citizen?.phone !== undefined &&
      citizen.card.issuedOn !== undefined && {
        newcomer: {
          nationalId: citizen.nationalId,
          fullName: citizen.fullName,
          birthDate: citizen.birthDate,
          cardIssuedOn: citizen.card.issuedOn,
          phone: citizen.phone,
        },
      }),
  };
}

/** The first guardian with level 02 whose children have no account yet. */
function tryHousehold(): SandboxHomeModel['household'] {
  const childrenOf = (nationalId: string) =>
    TEST_PEOPLE.filter(({ account, citizen }) => !account && citizen.guardian === nationalId);
  const found = TEST_PEOPLE.find(
    ({ account, citizen }) => account?.level === '02' && childrenOf(citizen.nationalId).length > 0,
  );
  if (!found) return undefined;
  const { fullName: guardian, nationalId } = found.citizen;
  const children = childrenOf(nationalId).map(({ citizen, note }) => ({
    fullName: citizen.fullName,
    nationalId: citizen.nationalId,
    note,
  }));
  return { guardian, nationalId, children };
}

const tryPerson = ({ citizen, account, note }: TestPerson, nowSeconds: number): TryPerson => ({
  nationalId: citizen.nationalId,
  fullName: citizen.fullName,
  ...(account?.password !== undefined && { password: account.password }),
  ...(account?.totpSecret !== undefined && {
    totpSecret: account.totpSecret,
    totpCode: totpCode(account.totpSecret, nowSeconds),
  }),
  ...(citizen.phone !== undefined && { phone: citizen.phone }),
  passkey: account?.passkey !== undefined,
  note,
});
