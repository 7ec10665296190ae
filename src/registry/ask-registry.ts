import type { Logger } from 'pino';
import type { z } from 'zod';
import { postJson, type RegistryAddress } from './post-json.ts';

/** The registry behind an HTTP address, one operation at a time. */
export interface RegistryAsker {
  /** The answer as agreed; undefined for an outage, a deadline, a refusal or anything else, which is logged by its kind alone. */
  readonly ask: <T>(path: string, body: object, schema: z.ZodType<T>, maxBytes: number) => Promise<T | undefined>;
  /** Logs that what came back cannot be used: neither what was asked nor what came. */
  readonly warn: (path: string, reason: string) => void;
}

export function registryAsker(deps: { log: Pick<Logger, 'warn'> }, address: RegistryAddress): RegistryAsker {
  const warn = (feature: string, reason: string): void =>
    deps.log.warn({ component: 'registry', feature, reason }, 'population registry unavailable');
  return {
    warn,
    async ask(path, body, schema, maxBytes) {
      const answer = await postJson(address, path, body, maxBytes);
      if (answer.kind === 'failed') {
        warn(path, answer.reason);
        return undefined;
      }
      const parsed = schema.safeParse(answer.body);
      if (parsed.success) return parsed.data;
      const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
      warn(path, `malformed: ${fields.join(' ')}`);
      return undefined;
    },
  };
}
