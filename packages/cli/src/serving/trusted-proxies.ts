import { isIP } from 'node:net'
import { compile } from 'proxy-addr'
import { UsageError } from '../usage-error.js'

/** Says whether an address is one of the proxies that are trusted. */
export type TrustedProxies = ReturnType<typeof compile>

const names = ['loopback', 'linklocal', 'uniquelocal']

function isKnown(text: string): boolean {
  const [address = ''] = text.split('/', 1)
  // The library takes also 1 for an address, 0.0.0.1, where people mean one proxy.
  if (!names.includes(text) && isIP(address) === 0) return false
  try {
    compile(text)
    return true
  } catch {
    return false
  }
}

/**
 * Reads the option `--trust-proxy`; without it nobody is trusted. It takes no number of proxies: whoever reaches the server
 * past them would be believed.
 *
 * @throws UsageError when something in it is no address, no network and no name of networks.
 */
export function readTrustedProxies(text: string | undefined): TrustedProxies {
  const proxies = text === undefined ? [] : text.split(',').map((proxy) => proxy.trim())
  const unknown = proxies.find((proxy) => !isKnown(proxy))
  if (unknown === undefined) return compile(proxies)
  throw new UsageError(
    `--trust-proxy takes IP addresses, networks such as 10.0.0.0/8, and ${names.join(', ')}, not '${unknown}'`,
  )
}
