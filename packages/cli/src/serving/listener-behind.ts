import type { IncomingMessage, RequestListener } from 'node:http'
import { isIP } from 'node:net'
import { toNodeListener } from '@bailiwick/node'
import type { HttpHandler } from '@bailiwick/protocol'
import { all } from 'proxy-addr'
import type { TrustedProxies } from './trusted-proxies.js'

/** The last address on the way to the client that somebody who is trusted has told. */
function addressOf(message: IncomingMessage, proxies: TrustedProxies): string | undefined {
  // Some proxies add the port, and each connection would count as somebody else.
  return all(message, proxies).findLast((address) => isIP(address) !== 0)
}

/** Serves a handler behind proxies: the address of a client is what they say of it in `X-Forwarded-For`. */
export function listenerBehind(proxies: TrustedProxies, handle: HttpHandler): RequestListener {
  return (message, response) => {
    const remoteAddress = addressOf(message, proxies)
    const listener = toNodeListener((request) =>
      handle({ ...request, ...(remoteAddress !== undefined && { remoteAddress }) }),
    )
    listener(message, response)
  }
}
