import { beforeAll, describe, expect, test } from '@jest/globals';
import { addPortal, authorizationRequest, basic } from '../provider/support/relying-party.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { stretchWire } from '../support/wire.ts';
import { HANH } from './support/people.ts';
import { startApp } from './support/start-app.ts';
import { type Page, Visitor } from './support/visitor.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const postgres = await stretchWire(dbUrl);
const redis = await stretchWire(cacheUrl);
const rp = await addPortal(db, { id: 'dich-vu', minimumAcr: 'LoA2' });
const app = await startApp({ db, dbUrl: postgres.url, cacheUrl: redis.url });
beforeAll(() => app.settle(HANH));

const defects = (): string[] => app.lines().filter((line) => /"event":"(defect|provider_failed)"/.test(line));

async function atPassword(): Promise<Visitor> {
  const visitor = new Visitor(app.issuer);
  await visitor.arrive(rp);
  await visitor.post('identify', { national_id: HANH.national_id });
  return visitor;
}
async function recovered(): Promise<void> {
  const until = Date.now() + 10_000;
  for (;;) {
    const page = await new Visitor(app.issuer).open(authorizationRequest(app.issuer, rp).url);
    if (page.status === 200 || Date.now() > until) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
const saysSo = (page: Page): void => {
  expect([page.status, page.step]).toEqual([503, 'error']);
  expect(page.headers.get('retry-after')).toMatch(/^\d+$/);
};

describe.each([
  ['PostgreSQL is gone', postgres, 'cut'],
  ['PostgreSQL hangs', postgres, 'hang'],
  ['Redis is gone', redis, 'cut'],
  ['Redis hangs', redis, 'hang'],
] as const)('while %s', (_, wire, how) => {
  test('forms say 503 in a page, the token endpoint 503 too, nothing is a defect, and all goes on afterwards', async () => {
    const visitor = await atPassword();
    const [token, base] = [visitor.token(), visitor.base];
    wire[how]();
    try {
      const started = performance.now();
      saysSo(await visitor.post('password', { csrf: token, password: HANH.password }));
      expect(performance.now() - started).toBeLessThan(14_000); // a query's own limit is 12 s
      const redeemed = await fetch(`${app.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: 'x'.repeat(43),
          redirect_uri: rp.redirectUri,
        }),
        headers: basic(rp.id, rp.secret),
      });
      expect([400, 503]).toContain(redeemed.status);
      expect(defects()).toEqual([]);
    } finally {
      wire.mend();
    }
    await recovered();
    visitor.base = base;
    await visitor.open(base);
    expect((await visitor.post('password', { csrf: token, password: HANH.password })).step).toBe('code');
  }, 60_000);
});
