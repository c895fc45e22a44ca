import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network a request came from: the /24 of an IPv4 address, the /56 of an IPv6 one (what one home or office is
 * given), `unknown` when there is no address.
 * - `peer`: the address of the socket.
 * - `forwardedFor`: the `X-Forwarded-For` header. Anyone can write it, so only the `trustedProxies` last entries
 *   count: each of our own proxies appended the address that it saw.
 */
export function networkOf(input: {
  peer: string | null;
  forwardedFor: string | null;
  trustedProxies: number;
}): string {
  const hops = [...(input.forwardedFor?.split(',') ?? []), input.peer ?? ''].map((hop) => hop.trim());
  const trusted = Math.max(0, Math.min(input.trustedProxies, hops.length - 1));
  return networkOfAddress(hops[hops.length - 1 - trusted] ?? '');
}

function networkOfAddress(text: string): string {
  const address = text.replace(/^\[|\](:\d+)?$/g, '').replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const plain = /^\d+\.\d+\.\d+\.\d+:\d+$/.test(mapped) ? mapped.replace(/:\d+$/, '') : mapped;
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIPv6(plain)) return prefix56(plain);
  return 'unknown';
}

function prefix56(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  const [a = 0, b = 0, c = 0, d = 0] = groups.map((group) => Number.parseInt(group, 16));
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(':')}::/56`;
}
