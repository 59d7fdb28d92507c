import { isIPv4, isIPv6 } from 'node:net';
import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Finds addresses of IPv4 that can belong to a person's connection: public ones, and not the number of a version. */
export const ipv4Rule: Rule = {
  certainty: 'personal',
  triggers: ['0'],
  find(text, at) {
    if (!text.slice(at + 1, at + 4).includes('.')) return null;
    const match = matchAt(IPV4, text, at);
    if (match === null || !isIPv4(match[0]) || RESERVED.test(match[0])) return null;
    // Eight digits: versions like 1.2.3.4 and 10.15.7.2 have fewer, of addresses one in ten has.
    if (match[0].length < 11 && !CALLED.test(text.slice(Math.max(0, at - 24), at))) return null;
    return { start: at, end: at + match[0].length, kind: 'ip-address' };
  },
};

const IPV4 = /(?<![\w.+-]|\w\/|version )\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w-]|\.\d)/iy;
/** Networks of one's own, this machine, link-local, documentation, multicast and later (RFC 6890); well-known resolvers. */
const RESERVED =
  /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|192\.0\.[02]|198\.51\.100|203\.0\.113|198\.1[89]|22[4-9]|2[3-5]\d|1\.1\.1\.1$|1\.0\.0\.1$|8\.8\.[48]\.[48]$|9\.9\.9\.9$)\b/;
const CALLED = /\bip\b|ipv4|address|client|remote|peer|\bhost\b/i;

/** Finds public addresses of IPv6. */
export const ipv6Rule: Rule = {
  certainty: 'personal',
  triggers: [':'],
  find(text, at) {
    const match = matchAt(IPV6, text, at);
    if (match === null) return null;
    const address = match[1]! + match[0];
    if (address.length < 9 || !isIPv6(address) || LOCAL.test(address) || !/\d/.test(address)) return null;
    return {
      start: at - match[1]!.length,
      end: at + match[0].length,
      kind: 'ip-address',
    };
  },
};

/** From its first colon. The groups before and behind are checked by the platform. */
const IPV6 = /(?<=(?<![\w:.])([0-9a-f]{1,4})):(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{1,4}(?![\w:])/iy;
/** Link-local, one's own, documentation, this machine, IPv4 in disguise. */
const LOCAL = /^(?:fe[89ab]|f[cd]|2001:db8|0*:|::)/i;
