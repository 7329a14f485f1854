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
  return `${origin}/.well-known/oauth-protected-resource${path}${search}`
}
