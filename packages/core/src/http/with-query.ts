/** Adds parameters to the query of a URI without fragment, which stays what it was otherwise, character by character. */
export function withQuery(uri: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString()
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`
}
