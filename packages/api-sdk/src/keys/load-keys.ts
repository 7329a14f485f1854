import { discoverEndpoint } from './discover-endpoint.js'
import type { DiscoveryOptions } from './discover-endpoint.js'
import { fetchJson } from './fetch-json.js'
import type { Limits } from '../options/limit-options.js'
import { importKeySet } from './key-set.js'
import type { KeySet, KeySetOptions } from './key-set.js'

/** Keys, and for how many seconds they are good. */
export interface LoadedKeys {
  readonly keys: KeySet
  readonly maxAge: number
}

/** Gets the keys of an issuer anew. */
export type LoadKeys = () => Promise<LoadedKeys>

/** Where the keys of an issuer are, and how to get them. */
export interface RemoteKeysOptions extends DiscoveryOptions, KeySetOptions {
  /** Where the keys are. Undefined: the metadata tell. */
  readonly jwksUri: string | undefined
  readonly limits: Pick<Limits, 'document' | 'keys'>
  /** In seconds, for a response that does not say. */
  readonly maxAge: number
}

const shortest = 60
const longest = 3600

/** Reads for how long a response may be kept (RFC 9111 section 5.2.2), within one minute and one hour. */
function readMaxAge(cacheControl: string | null, otherwise: number): number {
  if (cacheControl === null) return otherwise
  if (/\bno-(?:store|cache)\b/i.test(cacheControl)) return shortest
  const seconds = /\bmax-age="?(\d+)/i.exec(cacheControl)?.[1]
  if (seconds === undefined) return otherwise
  return Math.min(Math.max(Number(seconds), shortest), longest)
}

/** Loads keys from a JWKS on the network. */
export function remoteKeys(options: RemoteKeysOptions): LoadKeys {
  let discovered: string | undefined
  return async () => {
    const known = options.jwksUri ?? discovered
    // Forgotten until this attempt has succeeded: an issuer that moves its keys says so in its metadata.
    discovered = undefined
    const uri = known ?? (await discoverEndpoint('jwks_uri', options))
    const jwks = await fetchJson(uri, options)
    if (!jwks.found) throw new Error(`no keys at ${uri}: ${jwks.status}`)
    const keys = await importKeySet(jwks.value, options)
    discovered = uri
    return { keys, maxAge: readMaxAge(jwks.cacheControl, options.maxAge) }
  }
}

/** Loads keys that the configuration holds, once. */
export function configuredKeys(jwks: unknown, options: KeySetOptions): LoadKeys {
  return async () => ({ keys: await importKeySet(jwks, options), maxAge: Infinity })
}
