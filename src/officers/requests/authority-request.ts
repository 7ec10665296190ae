import type { Brand } from '../../kernel/brand.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import type { OfficeId, OfficerId } from '../officer.ts';

export type RequestId = Brand<string, 'RequestId'>;

/** What a body may ask for (Law 26/2023 art. 34(1)(đ), (2)(d)). */
export const ASKS = ['lock', 'unlock'] as const;
export type Asks = (typeof ASKS)[number];
export type RequestDecision = 'granted' | 'refused';

export interface RequestDetail {
  /** The body that asks. */
  readonly authority: string;
  /** Why it was refused, as the requester reads it. */
  readonly reason?: string;
}

/** A competent body's written request to lock or unlock an account. */
export interface AuthorityRequest {
  readonly requestId: RequestId;
  readonly subject: SubjectId;
  readonly asks: Asks;
  /** Of one that asks for an unlock: the request whose lock is to end. */
  readonly lifts?: RequestId;
  /** Number of the letter. */
  readonly document: string;
  readonly detail: Sealed<RequestDetail>;
  /** Day (ISO 8601) the letter came. */
  readonly arrivedOn: string;
  readonly receivedAt: Date;
  readonly receivedBy: OfficerId;
  readonly officeId: OfficeId;
  readonly dueAt: Date;
  readonly decided?: { readonly as: RequestDecision; readonly at: Date; readonly by: OfficerId };
}

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The id as it stands in an address; undefined for any other text. */
export const parseRequestId = (text: string): RequestId | undefined =>
  REQUEST_ID.test(text) ? (text as RequestId) : undefined;
