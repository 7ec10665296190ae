import { listRepresentations, type Representations } from '../../accounts/organisations/list-representations.ts';
import { RequestError } from '../../http/request-error.ts';
import { parseTaxNumber } from '../../registry/tax-number.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Visitor } from '../find-visitor.ts';

/** The organisation of this tax number, if the visitor represents it now and has level 02; else RequestError `not_found`. */
export async function findOwnOrganisation(
  deps: { readonly db: Database; readonly keyring: Keyring },
  visitor: Visitor,
  typed: string,
): Promise<Representations['organisations'][number]> {
  const { organisations } = await listRepresentations(deps, visitor.account);
  const own = organisations.find(({ record }) => record.reveal().taxNumber === parseTaxNumber(typed));
  if (!own || visitor.level !== '02') throw new RequestError('not_found');
  return own;
}
