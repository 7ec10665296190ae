/** Why an address may not be registered as one a person is sent back to. */
export type AddressFault = 'not_an_address' | 'not_canonical' | 'scheme' | 'user_info' | 'fragment' | 'host';

export type AddressDecision =
  { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly fault: AddressFault };

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const refused = (fault: AddressFault): AddressDecision => ({ kind: 'refused', fault });

/**
 * Whether a redirect or logout address may be registered. Requests are compared with it byte by byte (RFC 9700, 2.1), so it
 * must be written the one way in which every parser reads it alike: no user part, fragment, backslash, blank, upper-case host
 * or trailing dot. https, or http to this machine where `loopback` is allowed (the sandbox).
 */
export function mayRegisterAddress(text: string, { loopback }: { loopback: boolean }): AddressDecision {
  const url = URL.parse(text);
  if (!url) return refused('not_an_address');
  if (url.username !== '' || url.password !== '' || text.includes('@')) return refused('user_info');
  if (text.includes('#')) return refused('fragment');
  const isLoopback = LOOPBACK.includes(url.hostname);
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:' && isLoopback)) return refused('scheme');
  if (url.hostname.endsWith('.') || url.hostname.includes('*') || (isLoopback && !loopback)) return refused('host');
  // a host without a path may be written with or without the last slash
  return text === url.href || `${text}/` === url.href ? { kind: 'accepted' } : refused('not_canonical');
}
