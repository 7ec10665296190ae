import { BlockList, isIP } from 'node:net';

/** Addresses that are not on the public network (RFC 6890 and its registries): a portal's address must not lead there. */
const SPECIAL = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  SPECIAL.addSubnet(net, bits, 'ipv4');
}
// everything but global unicast, and of that the parts that tunnel to or stand for other networks
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  SPECIAL.addSubnet(net, bits, 'ipv6');
}
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

export interface OutboundRules {
  /** Hosts that may stand on an internal network: registered intranet portals. */
  readonly allowedHosts: readonly string[];
  /** The sandbox's portals run on this machine. */
  readonly loopback: boolean;
}

/** Whether a connection to `address`, found under the name `host`, may be opened. */
export function mayConnect(host: string, address: string, rules: OutboundRules): boolean {
  if (rules.allowedHosts.includes(host)) return true;
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  // an IPv4 address written as IPv6 is that IPv4 address
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mayConnect(host, mapped, rules);
  if (LOOPBACK.check(address, family)) return rules.loopback;
  if (family === 'ipv6' && !GLOBAL_V6.check(address, family)) return false;
  return !SPECIAL.check(address, family);
}
