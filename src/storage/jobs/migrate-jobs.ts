/** Brings the job queue's own schema (`graphile_worker`) to its newest version. Safe to run from several instances. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  // loaded here, so that serving does not wait for it
  const { Logger, runMigrations } = await import('graphile-worker');
  await runMigrations({ connectionString: databaseUrl, logger: new Logger(() => () => undefined) });
}
