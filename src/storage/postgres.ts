import { Pool, types } from 'pg';
import type { PoolClient } from 'pg';

export type Database = Pool;
/** Anything that runs SQL: the database itself, or one transaction of it. */
export type Sql = Pick<PoolClient, 'query'>;

export interface DatabaseOptions {
  /** Connections at most; 10 if not given. */
  max?: number;
  /** Told when an idle connection breaks. The pool replaces it by itself. */
  onLost?: (error: Error) => void;
}

/**
 * A pool on `url`; it connects with the first query and again by itself after an outage.
 * `date` comes back as its text `YYYY-MM-DD`: a Date would move it by the time zone of the machine.
 * A query waits 3 s for a connection and runs 10 s at most, then it throws.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const db = new Pool({
    connectionString: url,
    application_name: 'danh-tinh',
    max: options.max ?? 10,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  });
  // without a listener a lost connection would end the process: one for the idle, one for those in a transaction
  db.on('error', (error) => options.onLost?.(error));
  db.on('connect', (client) => client.on('error', () => {}));
  return db;
}

const DATE_OID = 1082;

const standardParser = types.getTypeParser as (oid: number, format: string) => unknown;
const parserOf = ((oid: number, format: string) =>
  oid === DATE_OID ? String : standardParser(oid, format)) as typeof types.getTypeParser;

/** Runs `work` in one transaction: its result after COMMIT, or its error after ROLLBACK. */
export async function inTransaction<T>(db: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost; // the connection is gone, and with it the transaction: do not pool it
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
