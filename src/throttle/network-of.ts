import ipaddr from 'ipaddr.js';

/** Groups of 16 bits in a /64. */
const groupsOfHome = 4;

/**
 * What counts as one place: an IPv4 address, also when it is written as IPv6; of IPv6 the /64, for every
 * home has 2^64 addresses to try from.
 */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv6) return address.parts.slice(0, groupsOfHome).join(':');
  return address.toString();
}
