import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The address the request came from, in canonical text (IPv6 compressed, IPv4-mapped IPv6 as IPv4), or `unknown`.
 * X-Forwarded-For counts only with `trustProxy`, and then only its last entry: the one our own proxy wrote.
 */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
  const last = forwarded === undefined ? undefined : String(forwarded).split(',').at(-1)?.trim();
  return canonicalAddress(last ?? request.socket.remoteAddress ?? '');
}

/** Canonical text of an IP address, or `unknown` for anything else. */
export function canonicalAddress(text: string): string {
  const bare = text.replace(/^\[|\]$/g, '').split('%')[0] ?? '';
  const version = isIP(bare);
  if (version === 4) return bare;
  if (version === 0) return 'unknown';
  const groups = groupsOf(bare);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return dotted(groups[6] ?? 0, groups[7] ?? 0);
  return groups.map((group) => group.toString(16)).join(':');
}

/** What one subscriber holds: an IPv4 address, or the /64 of an IPv6 one (RFC 6177). Limits count this. */
export function subscriberOf(canonical: string): string {
  return canonical.includes(':') ? `${canonical.split(':').slice(0, 4).join(':')}::/64` : canonical;
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

function groupsOf(ipv6: string): number[] {
  const [head = '', tail] = withoutDots(ipv6).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

function withoutDots(ipv6: string): string {
  const at = ipv6.lastIndexOf(':') + 1;
  const [a, b, c, d] = ipv6.slice(at).split('.').map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return ipv6;
  return `${ipv6.slice(0, at)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
