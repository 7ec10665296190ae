import { inTransaction, openDatabase, type Sql } from './postgres.ts';

/** The role that holds what the program may do. Those it signs in as are its members, or itself. */
export const APPLICATION_ROLE = 'eid_app';

/** As whom the program connects. */
export interface Login {
  readonly name: string;
  readonly password: string;
}

/** One at a time: two who grant at once fail with "tuple concurrently updated". */
const GRANTING = "SELECT pg_advisory_xact_lock(hashtext('grant-application-rights'))";

/** Roles belong to the whole server: another of its databases may make this one in the same moment. */
const MAKE_ROLE = `DO $$ BEGIN
  CREATE ROLE ${APPLICATION_ROLE} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$`;

/**
 * Every table but the trail and the list of migrations: read and write. The trail: read and add, its months only through it.
 * Never TRUNCATE, REFERENCES or TRIGGER. By name and not by default privileges, which a new month of the trail would get too.
 */
const GRANT_RIGHTS = `DO $$ DECLARE one record; BEGIN
  FOR one IN
    SELECT c.oid::regclass AS name, c.relname IN (SELECT 'audit_event' UNION SELECT p.relname FROM pg_inherits i
      JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = 'public.audit_event'::regclass) AS is_trail
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
      AND c.relname <> 'schema_migration' AND pg_has_role(c.relowner, 'USAGE')
  LOOP
    IF one.is_trail THEN EXECUTE format('REVOKE ALL ON %s FROM ${APPLICATION_ROLE}, PUBLIC', one.name);
    ELSE EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO ${APPLICATION_ROLE}', one.name); END IF;
  END LOOP;
  REVOKE CREATE ON SCHEMA public FROM PUBLIC, ${APPLICATION_ROLE};
  GRANT USAGE ON SCHEMA public, graphile_worker TO ${APPLICATION_ROLE};
  GRANT SELECT, INSERT ON audit_event TO ${APPLICATION_ROLE};
  GRANT EXECUTE ON FUNCTION ensure_audit_partitions(date, integer), drop_old_audit_partitions(timestamptz) TO ${APPLICATION_ROLE};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, graphile_worker TO ${APPLICATION_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${APPLICATION_ROLE};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${APPLICATION_ROLE};
  -- the queue hides its rows from all but its owner
  FOR one IN
    SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${APPLICATION_ROLE}')
  LOOP
    EXECUTE format('CREATE POLICY ${APPLICATION_ROLE} ON %s TO ${APPLICATION_ROLE} USING (true) WITH CHECK (true)', one.name);
  END LOOP;
END $$`;

/** The password stands in no statement's text: what a server logs of DDL is the text. */
const ADMIT_LOGIN = `DO $$ DECLARE login text := current_setting('eid.login'); BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN EXECUTE format('CREATE ROLE %I', login); END IF;
  EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', login, current_setting('eid.password'));
  IF login <> '${APPLICATION_ROLE}' THEN EXECUTE format('GRANT ${APPLICATION_ROLE} TO %I', login); END IF;
END $$`;

/**
 * Gives the application's role what it may do in the database of `ownerUrl`, also with the tables that came since, and lets
 * `login` in with its password as a member of it. Throws what PostgreSQL says when the owner may not.
 */
export async function grantApplicationRights(ownerUrl: string, login?: Login): Promise<void> {
  const db = openDatabase(ownerUrl, { max: 1 });
  try {
    await inTransaction(db, async (sql) => {
      await sql.query(GRANTING);
      if (!(await hasRole(sql))) await sql.query(MAKE_ROLE);
      await sql.query(GRANT_RIGHTS);
      if (login) await admit(sql, login);
    });
  } finally {
    await db.end();
  }
}

async function hasRole(sql: Sql): Promise<boolean> {
  const { rowCount } = await sql.query('SELECT FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE]);
  return rowCount === 1;
}

async function admit(sql: Sql, { name, password }: Login): Promise<void> {
  await sql.query("SELECT set_config('eid.login', $1, true), set_config('eid.password', $2, true)", [name, password]);
  await sql.query(ADMIT_LOGIN);
}
