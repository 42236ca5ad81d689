/** IP addresses and ranges in conditions: `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`. */
import { BlockList, isIP } from 'node:net';
import type { Matcher } from './pattern';

export function isIpRange(text: string): boolean {
  const { address, prefix, bits } = parse(text);
  return isIP(address) !== 0 && Number.isInteger(prefix) && prefix >= 0 && prefix <= bits;
}

/** Compiles a range. @param text as `isIpRange` accepts it */
export function ipRange(text: string): Matcher {
  const { address, prefix, bits } = parse(text);
  const list = new BlockList();
  list.addSubnet(address, prefix, bits === 32 ? 'ipv4' : 'ipv6');
  return (ip) => list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}

function parse(text: string): { readonly address: string; readonly prefix: number; readonly bits: number } {
  const [address = '', prefix] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  return { address, prefix: prefix === undefined ? bits : Number(prefix || Number.NaN), bits };
}
