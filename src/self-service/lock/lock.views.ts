import type { Refusable } from '../../http/page.ts';

/** POST /account/lock {}. Says what will happen before it does. */
export interface LockAccountModel {
  /** Whether the holder has a passkey, by which the account can be opened again without the counter. */
  readonly hasPasskey: boolean;
}

/** POST /lock/<token> {}: what a link in a notice leads to. Says nothing of whose account it is. */
export interface LockByLinkModel {
  readonly action: string;
}

/** The link was used, lapsed, or never was one: all look alike. */
export type LockLinkGoneModel = object;

/** The account is locked now. Link: /unlock. */
export type LockedModel = object;

/** POST /unlock {credential}. */
export interface UnlockModel extends Refusable {
  readonly passkey: object;
}

/** What a passkey of the holder led to. */
export interface UnlockedModel {
  readonly outcome: 'opened' | 'still_locked' | 'not_locked';
}

declare module '../../http/page.ts' {
  interface Views {
    'self-service/lock-account': LockAccountModel;
    'self-service/lock-by-link': LockByLinkModel;
    'self-service/lock-link-gone': LockLinkGoneModel;
    'self-service/locked': LockedModel;
    'self-service/unlock': UnlockModel;
    'self-service/unlocked': UnlockedModel;
  }
}
