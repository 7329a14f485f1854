import { isIPv6 } from 'node:net'
import { UsageError } from '../usage-error.js'

/** Where to listen. */
export interface ListenAddress {
  readonly scheme: 'http' | 'https'
  readonly host: string
  /** 0: a free one. */
  readonly port: number
}

/** An address as it stands on the command line. */
export interface AddressText extends Omit<ListenAddress, 'port'> {
  readonly port: string
}

const hostOfUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

/** The URL of a server at this address, without a slash at its end. */
export function urlOf({ scheme, host, port }: ListenAddress): string {
  return new URL(`${scheme}://${hostOfUrl(host)}:${port}`).origin
}

/**
 * Reads the options `--host` and `--port`.
 *
 * @throws UsageError when they are none.
 */
export function readListenAddress({ port: text, ...address }: AddressText): ListenAddress {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not '${text}'`)
  }
  if (!URL.canParse(`http://${hostOfUrl(address.host)}`)) {
    throw new UsageError(`--host takes a name or an IP address, not '${address.host}'`)
  }
  return { ...address, port }
}
