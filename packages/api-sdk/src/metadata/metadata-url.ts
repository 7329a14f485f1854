const wellKnownPath = '/.well-known/oauth-protected-resource'

/** Tells whether a resource has a place for metadata: only what is on the web has. */
export function isWebResource(resource: string): boolean {
  return /^https?:/i.test(resource)
}

/**
 * The address of the metadata of a resource: the well-known path goes between host and path, and a path of nothing but
 * `/` is none (RFC 9728 section 3.1).
 */
export function metadataUrl(resource: string): string {
  const { origin, pathname, search } = new URL(resource)
  const path = pathname === '/' ? '' : pathname
  return `${origin}${wellKnownPath}${path}${search}`
}

/** The address of the metadata of a host, on which a resource may have a path. */
export function rootOf(address: string): string {
  return new URL(wellKnownPath, address).href
}
