import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

type Tree = Readonly<Record<string, unknown>>;
const FILE = new URL('../../docs/registry-api.yaml', import.meta.url);

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses: Tree }>>>>;
  readonly components: { readonly schemas: Tree };
}

/** docs/registry-api.yaml as data. */
export const description = parse(readFileSync(FILE, 'utf8')) as Described;

/** What the description says of the schema `name`, as a check. */
export function described(name: string): z.ZodType {
  const whole = { $ref: `#/components/schemas/${name}`, $defs: description.components.schemas };
  const schema = JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/')) as object;
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}
