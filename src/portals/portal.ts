import type { Acr } from '../assurance/assurance-level.ts';
import type { PortalId } from '../kernel/ids.ts';
import type { ClaimName } from './claim.ts';

export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** What a portal is connected by (Decree 69/2024: a written agreement that names scope and purpose). */
export interface Agreement {
  readonly number: string;
  /** ISO 8601. */
  readonly signedOn: string;
  /** Of the portal's information system; 3 is the least that may be connected. */
  readonly securityLevel: number;
}

/** A relying party as the authority agreed with it in writing (Decree 69/2024: scope and purpose are named). */
export interface Portal {
  readonly portalId: PortalId;
  readonly name: Bilingual;
  readonly authority: Bilingual;
  /** Why it asks: shown on the consent page; a consent holds for this purpose only (Law 91/2025 art. 9). */
  readonly purpose: Bilingual;
  /** A new version of the purpose asks for consent again. */
  readonly purposeVersion: number;
  /** The least level it accepts, whatever its request says. */
  readonly minimumAcr: Acr;
  /** What it may ask for at all. `required` ones come with any consent, the others carry a tick of their own. */
  readonly claims: readonly { readonly name: ClaimName; readonly required: boolean }[];
  /** Host whose portals share one pairwise `sub` (OpenID Connect Core 8.1). */
  readonly sector: string;
  /** Shown where a person must be sent back and no request is at hand. */
  readonly homeUrl: string;
  /** The citizen's own account pages: part of this house, so nothing leaves it and there is nothing to consent to. */
  readonly firstParty: boolean;
  /** Only dynamic registration of the sandbox makes these. */
  readonly dynamic: boolean;
  readonly disabled: boolean;
  /** Epoch seconds: closed and opened again then. What was issued before stays dead. */
  readonly reopenedAtSeconds?: number;
  /** Absent for our own pages and for portals that testers registered themselves. */
  readonly agreement?: Agreement;
  /** Its file among our logos. */
  readonly logo?: string;
  /** Client metadata as oidc-provider takes it; `client_secret` holds a hash, never the secret. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Where the portal explains itself, to be linked from our pages; addresses that were accepted at its registration. */
export function portalLinks({ metadata }: Pick<Portal, 'metadata'>): {
  readonly policyUrl?: string;
  readonly termsUrl?: string;
} {
  const { policy_uri: policy, tos_uri: terms } = metadata;
  return {
    ...(typeof policy === 'string' && { policyUrl: policy }),
    ...(typeof terms === 'string' && { termsUrl: terms }),
  };
}
