import { afterAll, expect, test } from '@jest/globals';
import { keepAuditMonths } from '../../src/audit/keep-audit-months.ts';
import { mayChangeTrail } from '../../src/audit/may-change-trail.ts';
import { record } from '../../src/audit/record.ts';
import { grantApplicationRights } from '../../src/storage/grant-application-rights.ts';
import { openDatabase } from '../../src/storage/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const { db: owner, url, ownerUrl } = await freshDatabase();
const app = openDatabase(url, { max: 2 });
afterAll(() => app.end());
await record(app, { kind: 'holiday.set', data: { day: '2026-01-01' } }, new Date());
const { rows } = await owner.query<{ name: string }>(
  `SELECT tableoid::regclass::text AS name FROM audit_event LIMIT 1`,
);
const month = rows[0]!.name;
const ownerName = (await owner.query<{ name: string }>('SELECT current_user AS name')).rows[0]!.name;

test.each([
  ["UPDATE audit_event SET kind = 'x.y'"],
  ['DELETE FROM audit_event'],
  ['TRUNCATE audit_event'],
  ['DROP TABLE audit_event CASCADE'],
  [`UPDATE ${month} SET kind = 'x.y'`],
  [`DELETE FROM ${month}`],
  [`TRUNCATE ${month}`],
  [`DROP TABLE ${month}`],
  [`INSERT INTO ${month} (occurred_at, kind) VALUES (now(), 'x.y')`],
  [`ALTER TABLE audit_event DETACH PARTITION ${month}`],
  ['ALTER TABLE audit_event DISABLE TRIGGER ALL'],
  ['ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only'],
  ['DROP TRIGGER audit_event_append_only ON audit_event'],
  [
    'CREATE TRIGGER mine BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
  ],
  ['CREATE RULE nothing AS ON INSERT TO audit_event DO INSTEAD NOTHING'],
  [
    "INSERT INTO audit_event (occurred_at, event_id, kind) SELECT occurred_at, event_id, kind FROM audit_event ON CONFLICT (occurred_at, event_id) DO UPDATE SET kind = 'x.y'",
  ],
  ['MERGE INTO audit_event t USING audit_event s ON t.event_id = s.event_id WHEN MATCHED THEN DELETE'],
  ['SELECT 1 FROM audit_event FOR UPDATE'],
  ['BEGIN; LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE'],
  ['ALTER TABLE audit_event OWNER TO CURRENT_USER'],
  ['SET session_replication_role = replica'],
  [`SET ROLE ${ownerName}`],
  ['CREATE TABLE audit_event_2020_01 ()'],
  ['CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$'],
  ['DELETE FROM schema_migration'],
  ["SELECT ensure_audit_partitions('2026-01-01', 100000)"],
  ["SELECT ensure_audit_partitions('1000-01-01', 1)"],
])('the role that the program runs as may not: %s', async (statement) => {
  await expect(app.query(statement)).rejects.toThrow(
    /permission denied|must be owner|no such months|must be able to SET ROLE/,
  );
  expect((await owner.query(`SELECT kind FROM audit_event WHERE kind = 'holiday.set'`)).rowCount).toBe(1);
});

test('a program under that role is known not to be able to change the trail, and one under the owner is', async () => {
  await app.query('GRANT ALL ON audit_event TO CURRENT_USER'); // a warning, and nothing granted
  expect(await mayChangeTrail({ db: app })).toBe(false);
  expect(await mayChangeTrail({ db: owner })).toBe(true);
});

test('an event that came before its month moves into it when the month is made, and the month is closed too', async () => {
  await record(app, { kind: 'office.added' }, new Date('2021-06-30T23:59:59.999Z'));
  await app.query("SELECT ensure_audit_partitions('2021-06-15', 1)");
  const found = await owner.query(
    "SELECT tableoid::regclass::text AS month FROM audit_event WHERE kind = 'office.added'",
  );
  expect(found.rows).toEqual([{ month: 'audit_event_2021_06' }]);
  await expect(app.query('DELETE FROM audit_event_2021_06')).rejects.toThrow('permission denied');
  await owner.query('DELETE FROM audit_event_2021_06');
});

test('a table that comes later is open to the program once the rights are granted again, the trail is not', async () => {
  await owner.query('CREATE TABLE later (word text)');
  await expect(app.query('SELECT word FROM later')).rejects.toThrow('permission denied');
  await grantApplicationRights(ownerUrl);
  await app.query("INSERT INTO later VALUES ('x')");
  await expect(app.query('TRUNCATE later')).rejects.toThrow('permission denied');
  expect(await mayChangeTrail({ db: app })).toBe(false);
});

test('the daily job makes the months ahead and ends those of 5 years, never by a clock ahead of the database', async () => {
  const names = async () =>
    (
      await owner.query<{ name: string }>(
        `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit_event'::regclass`,
      )
    ).rows.map(({ name }) => name);
  await app.query("SELECT ensure_audit_partitions('2019-12-01', 3)");
  await record(app, { kind: 'office.added' }, new Date('2019-12-31T23:59:59Z'));
  await record(app, { kind: 'office.added' }, new Date('2020-01-01T00:00:00Z'));
  await record(app, { kind: 'office.added' }, new Date('2018-05-05T00:00:00Z')); // beside every month
  const at = (time: string) => ({ db: app, clock: { now: () => new Date(time) } });
  const years = async () =>
    (
      await owner.query<{ at: Date }>(
        `SELECT occurred_at AS at FROM audit_event WHERE kind = 'office.added' ORDER BY 1`,
      )
    ).rows.map((row) => row.at.toISOString().slice(0, 10));

  await keepAuditMonths(at('2024-12-31T23:59:59Z'));
  expect(await years()).toEqual(['2019-12-31', '2020-01-01']);
  await keepAuditMonths(at('2025-01-01T00:00:00Z'));
  expect(await years()).toEqual(['2020-01-01']);
  expect(await names()).toContain('audit_event_2020_01');
  expect(await names()).not.toContain('audit_event_2019_12');
  const ended = await owner.query(`SELECT actor, data FROM audit_event WHERE kind = 'audit.month_ended'`);
  expect(ended.rows).toEqual([{ actor: 'clock', data: { month: '2019_12' } }]);

  await app.query("SELECT drop_old_audit_partitions('infinity')");
  expect(await names()).toContain(month);
  expect(await names()).toEqual(expect.arrayContaining(['audit_event_2026_01', 'audit_event_other']));
});
