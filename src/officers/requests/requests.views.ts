import type { Refusable } from '../../http/page.ts';
import type { Said } from '../../http/locale.ts';
import type { Asks, RequestDecision } from './authority-request.ts';

/** POST /console/people/<id>/request {asks, lifts, authority, document, arrived_on}. */
export interface ReceiveRequestModel extends Refusable {
  readonly personId: string;
  readonly fullName: string;
  /** The bodies' requests by which the account is locked now. */
  readonly inForce: readonly RequestInForce[];
  readonly values: {
    readonly asks: string;
    readonly lifts: string;
    readonly authority: string;
    readonly document: string;
    readonly arrived_on: string;
  };
}

export interface RequestInForce {
  readonly requestId: string;
  readonly document: string;
  readonly authority: string;
}

export interface RequestLine {
  readonly requestId: string;
  readonly asks: Asks;
  readonly document: string;
  readonly authority: string;
  readonly dueAt: Date;
  readonly isOverdue: boolean;
  readonly decision?: RequestDecision;
}

export interface RequestsModel {
  readonly requests: readonly RequestLine[];
}

/** POST /console/requests/<id> {decision, reason}. */
export interface RequestModel extends Refusable {
  readonly request: RequestLine;
  readonly fullName: string;
  readonly maskedNationalId: string;
  /** Of one that asks for an unlock: whose lock is to end. */
  readonly lifts?: RequestInForce;
  readonly arrivedOn: string;
  readonly receivedAt: Date;
  readonly office: Said;
  readonly decidedAt?: Date;
  /** Of a refusal, for the letter to the body. */
  readonly refusal?: string;
  readonly isOwn: boolean;
  readonly mayDecide: boolean;
  readonly values: { readonly reason: string };
}

declare module '../../http/page.ts' {
  interface Views {
    'console/requests/receive': ReceiveRequestModel;
    'console/requests/requests': RequestsModel;
    'console/requests/request': RequestModel;
  }
}
