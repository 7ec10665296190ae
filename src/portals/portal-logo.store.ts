import type { Sql } from '../storage/postgres.ts';
import type { PortalLogo } from './portal-logo.ts';

/** Keeps the picture; one that is there already is the same, since its name is its hash. */
export async function insertLogo(sql: Sql, { file, content }: PortalLogo, at: Date): Promise<void> {
  await sql.query(
    'INSERT INTO portal_logo (file, content, fetched_at) VALUES ($1, $2, $3) ON CONFLICT (file) DO NOTHING',
    [file, content, at],
  );
}

export async function selectLogo(sql: Sql, file: string): Promise<Buffer | undefined> {
  const { rows } = await sql.query<{ content: Buffer }>({
    name: 'select-portal-logo',
    text: 'SELECT content FROM portal_logo WHERE file = $1',
    values: [file],
  });
  return rows[0]?.content;
}
