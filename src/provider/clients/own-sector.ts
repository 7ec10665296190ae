/** A sector that no other portal can be in: the id is ours, and `.invalid` is nobody's (RFC 6761, 6.4). */
export const ownSectorUri = (portalId: string): string => `https://${portalId.toLowerCase()}.invalid/`;

/**
 * OpenID Connect Core 8.1 wants a portal with redirect addresses on several hosts to name its sector. One that registers itself
 * and names none gets a sector of its own: nobody else knows its people by the same `sub`. `metadata` is what it sent.
 */
export function giveOwnSector(metadata: Record<string, unknown> | undefined, portalId: string): void {
  const addresses = metadata?.['redirect_uris'];
  if (!metadata || metadata['sector_identifier_uri'] !== undefined || !Array.isArray(addresses)) return;
  const hosts = new Set(addresses.map((address) => URL.parse(String(address))?.host));
  if (hosts.size > 1) metadata['sector_identifier_uri'] = ownSectorUri(portalId);
}
