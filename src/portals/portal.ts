import type { Acr } from '../assurance/assurance-level.ts';
import type { PortalId } from '../kernel/ids.ts';
import type { ClaimName } from './claim.ts';

export interface Bilingual {
  readonly vi: string;
  readonly en: string;
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
  /** Client metadata as oidc-provider takes it; `client_secret` holds a hash, never the secret. */
  readonly metadata: Readonly<Record<string, unknown>>;
}
