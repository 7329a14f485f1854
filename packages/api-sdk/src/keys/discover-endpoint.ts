import { ConfigurationError } from '@bailiwick/protocol'
import { isRecord } from '../is-record.js'
import { isLoopback, isSecureUrl } from '../secure-url.js'
import { fetchJson } from './fetch-json.js'
import type { FetchOptions } from './fetch-json.js'

/** Which issuer to ask where something of it is. */
export interface DiscoveryOptions extends FetchOptions {
  readonly issuer: string
  /** Where its metadata are, if that is not where the standards put them. */
  readonly metadataUrl: string | undefined
}

/** What is looked for: a member of the metadata of an issuer (RFC 8414 section 2). */
type EndpointName = 'jwks_uri' | 'introspection_endpoint'

/** OpenID Connect Discovery section 4 appends to the issuer, RFC 8414 section 3.1 inserts before its path. */
function wellKnownUrls(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ]
}

function readEndpoint(
  metadata: unknown,
  name: EndpointName,
  { issuer, url }: { readonly issuer: string; readonly url: string },
): string {
  const wrong = (message: string): ConfigurationError =>
    new ConfigurationError([{ path: url, message }])
  if (!isRecord(metadata)) throw wrong('this is no metadata document')
  // RFC 8414 section 3.3: otherwise one issuer could speak in the name of another.
  if (metadata['issuer'] !== issuer) {
    throw wrong(`its issuer is not exactly '${issuer}': a slash at the end counts`)
  }
  const uri = metadata[name]
  if (typeof uri !== 'string' || !isSecureUrl(uri) || (isLoopback(uri) && !isLoopback(issuer))) {
    throw wrong(`its ${name} is no https URL`)
  }
  return uri
}

/**
 * Finds an endpoint of an issuer through its metadata (RFC 8414, OpenID Connect Discovery).
 *
 * @throws ConfigurationError when the metadata contradict the configuration, so that trying again cannot help.
 */
export async function discoverEndpoint(
  name: EndpointName,
  options: DiscoveryOptions,
): Promise<string> {
  const { issuer, metadataUrl } = options
  const urls = metadataUrl === undefined ? wellKnownUrls(issuer) : [metadataUrl]
  const statuses: number[] = []
  for (const url of urls) {
    // One after the other: most issuers answer at the first address, and the second is not theirs to be bothered with.
    // oxlint-disable-next-line no-await-in-loop
    const metadata = await fetchJson(url, options)
    if (metadata.found) return readEndpoint(metadata.value, name, { issuer, url })
    statuses.push(metadata.status)
  }
  throw new Error(`no metadata at ${urls.join(' and ')}: ${statuses.join(', ')}`)
}
