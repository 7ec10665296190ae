import type { SubjectId } from '../../kernel/ids.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Organisation } from '../../registry/organisation.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { openField, sealField } from '../../storage/sealed-field.ts';

/** The data of an organisation's account, kept as one sealed value in the place of a person's. */
export type OrganisationRecord = Pick<
  Organisation,
  'taxNumber' | 'name' | 'shortName' | 'foreignName' | 'headOffice' | 'foundedOn'
>;

const contextOf = (subject: string) => `account:${subject}`;

export const recordOf = (organisation: Organisation): OrganisationRecord => ({
  taxNumber: organisation.taxNumber,
  name: organisation.name,
  ...(organisation.shortName !== undefined && { shortName: organisation.shortName }),
  ...(organisation.foreignName !== undefined && { foreignName: organisation.foreignName }),
  headOffice: organisation.headOffice,
  foundedOn: organisation.foundedOn,
});

export const sealOrganisation = (
  keyring: Pick<Keyring, 'sealing'>,
  subject: SubjectId,
  record: OrganisationRecord,
): Buffer => sealField(keyring, JSON.stringify(record), contextOf(subject));

export const openOrganisation = (
  keyring: Pick<Keyring, 'sealing'>,
  subject: SubjectId,
  sealed: Buffer,
): Sealed<OrganisationRecord> =>
  new Sealed(JSON.parse(openField(keyring, sealed, contextOf(subject))) as OrganisationRecord);
