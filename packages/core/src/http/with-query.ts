/** Adds parameters to the query of a URI, which stays what it was otherwise, character by character. */
export function withQuery(uri: string, parameters: Readonly<Record<string, string>>): string {
  const [address = '', ...fragments] = uri.split('#')
  const query = new URLSearchParams(parameters).toString()
  return [`${address}${address.includes('?') ? '&' : '?'}${query}`, ...fragments].join('#')
}
