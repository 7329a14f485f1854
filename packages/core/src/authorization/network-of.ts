import { isIPv6 } from 'node:net'

const mappedIPv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

function groupsOf(address: string): readonly string[] {
  // A URL writes every form of an address in one way (RFC 5952).
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const first = head.split(':').filter(Boolean)
  const last = (tail ?? '').split(':').filter(Boolean)
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last]
}

/**
 * Tells which addresses count as one: an IPv6 network of 64 bits, because that is what one subscriber gets and may
 * choose any address of (RFC 6177), and otherwise the address itself.
 */
export function networkOf(remoteAddress: string): string {
  const [address = ''] = remoteAddress.split('%', 1)
  if (!isIPv6(address)) return address
  // A socket that listens to both IPv4 and IPv6 shows the former like this.
  const [, inIPv4] = mappedIPv4.exec(address) ?? []
  if (inIPv4 !== undefined) return inIPv4
  const groups = groupsOf(address)
  const network = groups.slice(0, 4)
  return network.every((group) => group === '0') ? groups.join(':') : network.join(':')
}
