import { readLogo, type PortalLogo } from '../../portals/portal-logo.ts';
import type { OutboundFetch } from '../outbound/guarded-fetch.ts';

/**
 * The logo behind an address that a portal gave us, fetched by the guarded way. Undefined when there is none to be had within
 * its time, or it is not a picture we show: a registration stands without one.
 */
export async function fetchLogo(
  fetch: OutboundFetch,
  address: unknown,
  mostBytes: number,
): Promise<PortalLogo | undefined> {
  if (typeof address !== 'string') return undefined;
  try {
    const answer = await fetch(address, { headers: { accept: 'image/png, image/jpeg' } });
    const content = Buffer.from(await answer.arrayBuffer());
    return answer.status === 200 ? readLogo(content, mostBytes) : undefined;
  } catch {
    return undefined;
  }
}
