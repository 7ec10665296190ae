import { ACR_VALUES, parseAcr, strongest, type Acr } from '../../assurance/assurance-level.ts';

/** What a request says about assurance, as it came over the wire. */
export interface AcrRequest {
  /** `acr_values`: blank-separated, in order of preference. */
  readonly acrValues?: string | undefined;
  /** The member `acr` of the claims parameter's `id_token` (OpenID Connect Core 5.5.1.1). */
  readonly acrClaim?: { readonly essential?: unknown; readonly value?: unknown; readonly values?: unknown } | undefined;
}

export type WantedAcr = { readonly kind: 'wanted'; readonly acr: Acr } | { readonly kind: 'impossible' };

/**
 * The level an answer needs: the portal's minimum, raised by what the request names. Of several named values the weakest
 * is enough, since the portal said it takes any of them. Unknown values of a voluntary request are ignored; an essential
 * one that names nothing we know cannot be met.
 */
export function wantedAcr(request: AcrRequest, minimum: Acr): WantedAcr {
  const { acrClaim } = request;
  const named = weakest(request.acrValues?.split(' ') ?? []);
  const claimed = acrClaim && weakest([acrClaim.value, ...(Array.isArray(acrClaim.values) ? acrClaim.values : [])]);
  const namesOne = acrClaim?.value !== undefined || acrClaim?.values !== undefined;
  if (acrClaim?.essential === true && namesOne && !claimed) return { kind: 'impossible' };
  return {
    kind: 'wanted',
    acr: [named, claimed].reduce<Acr>((acr, asked) => (asked ? strongest(acr, asked) : acr), minimum),
  };
}

function weakest(values: readonly unknown[]): Acr | undefined {
  const known = values.map(parseAcr);
  return ACR_VALUES.find((acr) => known.includes(acr));
}
