import type { Brand } from '../kernel/brand.ts';
import type { OfficerRole } from './officer-permissions.policy.ts';

/** An officer's random id; an officer is never the citizen account of the same person. */
export type OfficerId = Brand<string, 'OfficerId'>;
export type OfficeId = Brand<string, 'OfficeId'>;

/** Who is at the console now. */
export interface Officer {
  readonly officerId: OfficerId;
  readonly role: OfficerRole;
  readonly officeId: OfficeId;
  readonly name: string;
  /** Epoch seconds of the last use of the passkey: approving, unlocking and exporting want a fresh one. */
  readonly authTimeSeconds: number;
}

/** How an officer stands in the audit trail. */
export const actorOf = ({ officerId }: Pick<Officer, 'officerId'>): string => `officer:${officerId}`;

const OFFICER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id as it stands in an address or a form; undefined for any other text. */
export const parseOfficerId = (text: string): OfficerId | undefined =>
  OFFICER_ID.test(text) ? (text as OfficerId) : undefined;
