// RFC 3986 section 3, with http and https as the only schemes: what URL would quietly mend is no URI.
const webUri = /^https?:\/\/(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i

const unreserved = /^[\w\-.~]$/

function normalizePercentEncoding(path: string): string {
  return path.replaceAll(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCodePoint(Number.parseInt(encoded.slice(1), 16))
    return unreserved.test(character) ? character : encoded.toUpperCase()
  })
}

/**
 * Writes an http(s) URI without query and fragment so that two that mean the same are the same text, by the normalization
 * of RFC 3986 sections 6.2.2 and 6.2.3: scheme and host in lower case, no default port, no dot segments, no
 * percent-encoding that is not needed. A path keeps its case. Undefined for what is no such URI or names a user.
 */
export function normalizeUri(uri: string): string | undefined {
  if (!webUri.test(uri) || !URL.canParse(uri)) return undefined
  const { protocol, username, password, host, pathname } = new URL(uri)
  if (username !== '' || password !== '') return undefined
  return `${protocol}//${host}${normalizePercentEncoding(pathname)}`
}
