// Characters that no URI has as they are (RFC 3986 appendix A). Browsers and servers mend them in different ways.
const foreign = /[^\x21-\x7E]|["<>\\^`{|}]/

const scheme = /^[a-z][a-z0-9+.-]*:/i

// URL adds the slashes of `https:example.com`, so the text itself has to be looked at.
const withoutHost = /^https?:(?!\/\/[^/?])/i

const withCredentials = /^[^:]+:\/\/[^/?]*@/

/**
 * Finds out why something is no absolute URI (RFC 3986 section 4.3), which has no fragment, or is one with credentials.
 * The text is not repeated, because of the credentials.
 */
export function absoluteUriFault(text: string): string | undefined {
  if (foreign.test(text)) {
    return 'it holds a character that no URI has, such as a space: percent-encode it (RFC 3986 section 2.1)'
  }
  if (!scheme.test(text) || withoutHost.test(text) || !URL.canParse(text)) {
    return 'it is no absolute URI: write it with its scheme, e.g. https://app.example.com/path'
  }
  if (text.includes('#')) return 'it must have no fragment: remove # and what follows'
  if (withCredentials.test(text)) return 'it must not hold credentials: remove what precedes @'
  return undefined
}
