/**
 * Makes a text fit for `error_description` and for challenges: RFC 6749 section 5.2 and RFC 6750 section 3 allow
 * neither `"` nor `\` nor anything outside ASCII there, escaped or not, so each such character becomes `?`. What is
 * longer than 500 characters is cut, so that a request cannot have itself echoed at length.
 */
export function safeText(text: string): string {
  const safe = text.replaceAll(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, '?')
  return safe.length > 500 ? `${safe.slice(0, 497)}...` : safe
}
