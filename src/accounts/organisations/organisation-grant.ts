import type { Organisation } from '../../registry/organisation.ts';
import type { ApplicationId } from './application.ts';

/** What officers grant, and on what it rests. */
export interface OrganisationGrant {
  readonly organisation: Organisation;
  readonly applicationId: ApplicationId;
  /** Ids of the officers: who compared, and who approved; and where. */
  readonly recordedBy: string;
  readonly approvedBy: string;
  readonly officeId: string;
  readonly comparison: string;
  /** How the approving officer stands in the audit trail. */
  readonly actor: string;
}
