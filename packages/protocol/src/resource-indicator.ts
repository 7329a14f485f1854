/** The most characters a resource indicator may have. */
const longest = 512

// RFC 3986 section 3: a scheme, a colon, and then only characters that a URI may hold. "#" is not among them here.
const absoluteUri = /^[a-z][a-z0-9+.-]*:(?:[\w\-.~:/?[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i

/**
 * Tells whether a value is a resource indicator (RFC 8707 section 2): an absolute URI of any scheme without a
 * fragment, at most 512 characters long.
 */
export function isResourceIndicator(value: string): boolean {
  return value.length <= longest && absoluteUri.test(value)
}
