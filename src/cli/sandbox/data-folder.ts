import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { OperatorError } from '../../kernel/operator-error.ts';
import { removeEmbeddedPostgres } from '../../storage/embedded/embedded-postgres.ts';

/** Where a sandbox started in this folder keeps everything it makes. */
export const dataFolder = (): string => path.resolve('.data');

/** Makes the folders of the data and the logs. Throws OperatorError when they cannot be made. */
export function makeFolders(data: string, ...others: string[]): void {
  for (const folder of [data, ...others]) {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (cause) {
      throw new OperatorError(`The data folder ${folder} cannot be made: ${(cause as Error).message}.`, { cause });
    }
  }
}

/** Removes everything an earlier start made. Throws OperatorError while another sandbox uses it. */
export async function removeData(data: string): Promise<void> {
  await removeEmbeddedPostgres(path.join(data, 'postgres'));
  rmSync(data, { recursive: true, force: true });
}
