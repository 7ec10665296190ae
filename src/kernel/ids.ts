import type { Brand } from './brand.ts';

/** The subject's immutable random id (UUID). Never a personal ID number; never shown to a portal, which gets a pairwise `sub`. */
export type SubjectId = Brand<string, 'SubjectId'>;
/** oidc-provider's interaction uid: one visit of one citizen, sent by one portal. */
export type InteractionId = Brand<string, 'InteractionId'>;
/** The portal's `client_id`. */
export type PortalId = Brand<string, 'PortalId'>;
/** Keyed hash of a typed identifier: counts and looks up without holding the identifier itself. */
export type IdentifierKey = Brand<string, 'IdentifierKey'>;
