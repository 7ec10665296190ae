import type { z } from 'zod';

import { OperatorError } from '../kernel/operator-error.ts';

/** One sentence for each setting that is not well-formed; never the value itself, which may be a secret. */
export const complaints = (error: z.ZodError): string[] =>
  error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);

/** The one message that names everything wrong. */
export const cannotStart = (problems: readonly string[]): OperatorError =>
  new OperatorError(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
