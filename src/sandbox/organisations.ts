import { readFileSync } from 'node:fs';
import type { RegisteredOrganisation } from './nation/registered-organisation.ts';

/** One that stands ready in the sandbox; `account`: what it has from the start. */
export type TestOrganisation = RegisteredOrganisation & { readonly account?: 'active' };

export const TEST_ORGANISATIONS = JSON.parse(
  readFileSync(new URL('data/test-organisations.json', import.meta.url), 'utf8'),
) as readonly TestOrganisation[];
