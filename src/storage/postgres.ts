import type { Pool, PoolClient } from 'pg';

export type Database = Pool;
/** Anything that runs SQL: the database itself, or one transaction of it. */
export type Sql = Pick<PoolClient, 'query'>;

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
